/** One sentence of state for every party, in a long form and shorter ones for less room. The picture shows which lines; the words count them. */
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { formsOf } from '../../base/fill.ts'
import { CLEAN, DIRTY } from '../../journal/areas.ts'
import { countOf, type PageCopy } from '../../journal/holders.ts'
import { all, type Snapshot } from '../../journal/snapshot.ts'
import type { Kind } from '../../journal/vocabulary.ts'
import type { Frame } from '../frame.ts'
import type { View } from './view.ts'
import type { Counts } from './later/whole.ts'
import { FORMS } from './sentences.ts'

export interface Said { readonly tone: 'quiet' | 'dirty' | 'bad'; /** Longest first. */ readonly forms: readonly [string, ...string[]] }

const quiet = (...forms: readonly [string, ...string[]]): Said => ({ tone: 'quiet', forms })
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** How processes map buffers now; empty: nobody does. */
export function mappedAs(snapshot: Snapshot): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [, record] of all(snapshot, 'vma' as Kind) as unknown as [string, { file: string | null; attr: string }][]) if (record.file !== null) found.add(record.attr)
  return found
}

function staleForms(count: number, total: number, how: Extract<keyof typeof FORMS, `stale${string}`> = 'stale'): Said {
  return { tone: 'bad', forms: formsOf(FORMS[how], { n: grouped(count), total: grouped(total) }) }
}

type Counted = Pick<Counts, 'clean' | 'dirty' | 'old' | 'conflict'>
const counted = (copy: PageCopy): Counted => ({ dirty: countOf(copy.state, DIRTY), clean: countOf(copy.state, CLEAN), old: countOf(copy.stale), conflict: countOf(copy.conflict) })

function cacheWords({ dirty, clean, old: stale, conflict }: Counted, empty: Said): Said {
  if (dirty + clean === 0) return empty
  if (conflict > 0) return { tone: 'bad', forms: formsOf(FORMS.conflict, { n: grouped(conflict) }) }
  if (stale > 0) return staleForms(stale, dirty + clean)
  if (dirty > 0) return { tone: 'dirty', forms: formsOf(clean > 0 ? FORMS.mixed : FORMS.dirty, { n: grouped(dirty), clean: grouped(clean) }) }
  return quiet(...formsOf(FORMS.clean, { n: grouped(clean) }))
}

export function cpuWords({ after }: Frame, view: View | null): Said {
  const attrs = mappedAs(after)
  const empty = attrs.has('wc') && !attrs.has('wb') ? quiet('no lines: the mapping is write-combined', 'no lines: mapping is WC', 'no lines: WC', 'empty')
    : attrs.has('wb') ? quiet(view?.whole ? 'no lines of this buffer' : 'no lines of this page', 'no lines', 'empty') : quiet('no lines: nobody maps the page', 'no lines', 'empty')
  return view ? cacheWords(view.whole?.counts.cpu ?? counted(view.now.cpu), empty) : quiet('')
}

export function wcWords(view: View | null): Said {
  const waiting = (view?.wcNow ?? []).flatMap((core) => core.entries.filter((entry) => entry !== null)).length
  if (waiting === 0) return quiet('empty', '')
  return { tone: 'dirty', forms: formsOf(FORMS.wait, { n: waiting }) }
}

/** Every device looks into the CPU's caches: memory may be old and nobody reads it so. */
const snoops = ({ header }: Frame): boolean => header.hardware.cls === 'FC' && header.hardware.displayCls === 'FC'

/** Whether the page belongs to nobody any more. */
export const isFree = (snapshot: Snapshot, frame: number | null): boolean => frame !== null && ((snapshot.records.get('frames:0') as { free?: readonly number[] } | undefined)?.free?.includes(frame) ?? false)

export function dramWords(frame: Frame, view: View | null): Said {
  if (!view) return quiet('')
  const stale = view.whole?.counts.dram.old ?? countOf(view.now.dram.stale)
  const free = isFree(frame.after, view.frame)
  if (stale > 0) return staleForms(stale, view.whole?.counts.dram.lines ?? LINES_PER_PAGE, `stale${free ? (view.whole ? 'FreePages' : 'FreePage') : ''}${snoops(frame) ? 'Snooped' : ''}`)
  if (free) return quiet(view.whole ? 'the pages are free' : 'the page is free', 'free')
  if (view.whole) return quiet('newest bytes', 'newest')
  return view.now.dram.words.some((word) => word !== 0) ? quiet('newest bytes', 'newest') : quiet('zeros')
}

export function gpuWords(view: View | null): Said {
  if (!view) return quiet('')
  // After a job's last flush the cache is empty; what the job got out of it is what counts.
  const misread = countOf(view.misread)
  const empty: Said = misread > 0 ? { tone: 'bad', forms: formsOf(FORMS.misread, { n: misread }) } : quiet('no lines', 'empty')
  return cacheWords(view.whole?.counts.gpu ?? counted(view.now.gpu), view.whole ? quiet('no lines', 'empty') : empty)
}

export function displayWords(view: View | null): Said {
  if (!view) return quiet('')
  if (!view.display.lit) return quiet('no frame yet', 'dark')
  const stale = countOf(view.display.stale)
  if (stale > 0) return staleForms(stale, view.display.stale.length, 'staleScanned')
  return quiet(...formsOf(view.display.older ? FORMS.older : FORMS.newest, { n: view.display.frames }))
}
