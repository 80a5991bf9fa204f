/** What the hardware floor shows of a frame: one page of memory, every party's copy of it before and after, and what moved. */
import { LINES_PER_PAGE, WORDS_PER_LINE, WORDS_PER_PAGE } from '../../base/brand.ts'
import { DISPLAY_SHOWN, GPU_SEEN } from '../../journal/areas.ts'
import { framesBehindBuffer, framesOf, hasPages, type BufferPage } from '../../journal/buffer-pages.ts'
import { copyOf, wcBuffers, wcEntries, type Holder, type PageCopy, type WcEntry } from '../../journal/holders.ts'
import type { RunHeader } from '../../journal/run.ts'
import { all, type Snapshot } from '../../journal/snapshot.ts'
import type { Truth } from '../../journal/truth.ts'
import { kindOf, type Id, type Kind } from '../../journal/vocabulary.ts'
import type { Frame } from '../frame.ts'
import { SIDE } from './paint.ts'
import type { Counts, Shape, WholeParty } from './later/whole.ts'
import { large, MANY_PAGES } from './large.ts'
import { flowsOf, scanFlows, type Copies, type Flow } from './flows.ts'

export interface WcView { readonly core: number; readonly entries: readonly (WcEntry | null)[] }

export interface View {
  readonly frame: number
  /** Physical page number, as the kernel counts. */
  readonly pfn: number
  /** The pages of the same buffer, and which of them this is; empty for a page of no buffer. */
  readonly siblings: readonly BufferPage[]
  readonly was: Copies
  readonly now: Copies
  readonly wcWas: readonly WcView[]
  readonly wcNow: readonly WcView[]
  readonly flows: readonly Flow[]
  readonly display: DisplayView
  /** By line, 1: the last job that read it got bytes that were not the newest then. */
  readonly misread: Uint8Array
  /** The whole buffer instead of one page; null: the page. */
  readonly whole: Whole | null
}

/** A buffer that is shown whole, since no page or line of it was chosen. */
export interface Whole { readonly pages: readonly BufferPage[]; readonly shape: Shape; readonly counts: Readonly<Record<WholeParty, Counts>> }

export interface DisplayView {
  readonly lit: boolean
  /** In pixels. */
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly changed: boolean
  /** By line, 1: the display read bytes that were not the newest then. */
  readonly stale: Uint8Array
  /** It shows what memory's newest bytes were, and those have changed since. */
  readonly older: boolean
}

/** Most write buffers drawn; a machine with more cores shows those that hold something first. */
export const MOST_CORES = 2

export const lineId = (line: number): string => `line:${line}`
export const pageId = (frame: number): string => `page:${frame}`

/** The line that an id names, as a number in all of memory; null: it names something else. */
export const lineOfId = (id: string | null): number | null => (id?.startsWith('line:') ? Number(id.slice(5)) : null)
export const selectedLine = ({ selected }: Frame): number | null => lineOfId(selected)

/** The page to show: of what is selected, else the first page of the first buffer. */
export function pageShown({ header, after, truth, selected }: Pick<Frame, 'header' | 'after' | 'truth' | 'selected'>): number | null {
  const line = lineOfId(selected)
  if (line !== null) return Math.floor(line / LINES_PER_PAGE)
  if (selected?.startsWith('page:')) return Number(selected.slice(5))
  if (selected) {
    const chosen = framesBehind(after, header.firstPfn, selected as Id).find((frame) => frame >= 0) ?? truth.pages.find((page) => page.owner === selected)?.frame
    if (chosen !== undefined) return chosen
  }
  return truth.pages[0]?.frame ?? null
}

/** The frames of a buffer, however it is named: by its object, an import of it, its dma-buf, a framebuffer. */
function framesBehind(snapshot: Snapshot, firstPfn: number, id: Id): readonly number[] {
  const record = snapshot.records.get(id) as { priv?: Id; gem?: Id } | undefined
  const kind = kindOf(id)
  if (kind === 'dma_buf' && record?.priv) return framesBehindBuffer(snapshot, firstPfn, record.priv)
  if (kind === 'udmabuf') return framesBehindBuffer(snapshot, firstPfn, id)
  if (kind === 'fb' && record?.gem) return framesOf(snapshot, firstPfn, record.gem)
  return hasPages(id) ? framesOf(snapshot, firstPfn, id) : []
}

function wcViews(snapshot: Snapshot, { hardware }: RunHeader): WcView[] {
  const held = wcBuffers(snapshot).map((holder) => Number(holder.slice(3)))
  const cores = Array.from({ length: Math.min(MOST_CORES, hardware.cores) }, (_, core) => core)
  const busy = held.filter((core) => core >= MOST_CORES && wcEntries(snapshot, `wc.${core}`, hardware.wcEntries).some(Boolean))
  return [...busy, ...cores].slice(0, Math.max(1, cores.length)).sort((a, b) => a - b).map((core) => ({ core, entries: wcEntries(snapshot, `wc.${core}`, hardware.wcEntries) }))
}

/** Lines of a page that wait in any write buffer. */
function waitingLines(snapshot: Snapshot, header: RunHeader, frame: number): Set<number> {
  const lines = new Set<number>()
  for (const holder of wcBuffers(snapshot)) {
    for (const entry of wcEntries(snapshot, holder, header.hardware.wcEntries)) {
      if (entry && Math.floor(entry.line / LINES_PER_PAGE) === frame) lines.add(entry.line % LINES_PER_PAGE)
    }
  }
  return lines
}

function copiesOf(snapshot: Snapshot, header: RunHeader, truth: Truth, frame: number): Copies {
  const copy = (holder: Holder): PageCopy => copyOf(snapshot, truth, holder, frame)
  return { cpu: copy('cpu'), dram: copy('dram'), gpu: copy('gpu'), waiting: waitingLines(snapshot, header, frame) }
}

function displayView({ before, after, truth, step }: Frame, frame: number, index: number): DisplayView {
  const crtc = (snapshot: Snapshot) => all(snapshot, 'crtc' as Kind)[0]?.[1] as { width: number; height: number; frames: number } | undefined
  const { width, height, frames } = crtc(after) ?? { width: SIDE, height: SIDE, frames: 0 }
  let older = false
  for (let i = 0; after.words[DISPLAY_SHOWN] && i < WORDS_PER_PAGE; i++) {
    const at = index * WORDS_PER_PAGE + i
    if (at < width * height && (truth.shown[at] ?? 0) !== (truth.value[frame * WORDS_PER_PAGE + i] ?? 0)) older = true
  }
  const stale = Uint8Array.from({ length: (width * height) / WORDS_PER_LINE }, (_, line) => truth.shownOld[line] ?? 0)
  return { lit: frames > 0, width, height, frames, changed: (step?.event as string) === 'display.scanout' || frames !== (crtc(before)?.frames ?? 0), stale, older }
}

function misreadLines({ after, truth }: Frame, frame: number): Uint8Array {
  const seen = after.words[GPU_SEEN]
  return Uint8Array.from({ length: LINES_PER_PAGE }, (_, line) => {
    const first = frame * WORDS_PER_PAGE + line * WORDS_PER_LINE
    for (let word = first; seen && word < first + WORDS_PER_LINE; word++) if ((seen[word] ?? 0) !== (truth.seen[word] ?? 0)) return 1
    return 0
  })
}

/** The pages of the buffer that a page belongs to; empty for a page of no buffer. */
export function siblingsOf({ pages }: Truth, page: number | null): readonly BufferPage[] {
  const owner = pages.find((each) => each.frame === page)?.owner
  return owner ? pages.filter((each) => each.owner === owner) : []
}

/** Whether a buffer is shown whole: it is large, and no page or line of it is chosen (and the drawing of it has come). */
export const showsWhole = ({ selected }: Pick<Frame, 'selected'>, siblings: readonly BufferPage[]): boolean => large !== null && siblings.length > MANY_PAGES && !/^(page|line):/.test(selected ?? '')

export function viewOf(frame: Frame): View | null {
  const { header, before, after, truth } = frame
  const page = pageShown(frame)
  if (page === null) return null
  const now = copiesOf(after, header, truth, page)
  const wcNow = wcViews(after, header)
  // Where no word changed, every copy is as it was.
  const still = frame.past?.words === false
  const was = still ? now : copiesOf(before, header, truth, page)
  const siblings = siblingsOf(truth, page)
  const display = displayView(frame, page, siblings.find((each) => each.frame === page)?.index ?? 0)
  const { cls, displayCls } = header.hardware
  const scan = display.changed ? scanFlows(was, displayCls) : []
  return {
    frame: page, pfn: header.firstPfn + page, siblings,
    was, now, wcWas: still ? wcNow : wcViews(before, header), wcNow, flows: [...(still ? [] : flowsOf(was, now, cls)), ...scan], display, misread: misreadLines(frame, page),
    whole: showsWhole(frame, siblings) ? large!.wholeOf(frame, siblings) : null,
  }
}
