/** The hardware at one scale and in one order: CPU cache, write buffers, memory, GPU cache, display, each with the bytes that it really holds. */
import { hex } from '../../base/bits.ts'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { fill, formsOf } from '../../base/fill.ts'
import { DISPLAY_SHOWN, DRAM } from '../../journal/areas.ts'
import { all } from '../../journal/snapshot.ts'
import type { Kind } from '../../journal/vocabulary.ts'
import type { Frame } from '../frame.ts'
import { Bus, travelOf } from '../hardware/bus.tsx'
import { Cache } from '../hardware/cache.tsx'
import { GESTURE, layoutOf, type HardwareLayout } from '../hardware/layout.ts'
import { ChosenLine, LineHits } from '../hardware/lines.tsx'
import { barsPath, gridOf, Patterns } from '../hardware/marks.tsx'
import { paintCopy, SIDE } from '../hardware/paint.ts'
import { large as drawing, MANY_PAGES } from '../hardware/large.ts'
import { Empty, Memory, Panel } from '../hardware/panes.tsx'
import { Picture } from '../hardware/picture.tsx'
import { FORMS, SENTENCES } from '../hardware/sentences.ts'
import { Title } from '../hardware/title.tsx'
import { pageShown, selectedLine, showsWhole, siblingsOf, viewOf, type View } from '../hardware/view.ts'
import { cpuWords, displayWords, dramWords, gpuWords, isFree, mappedAs, wcWords, type Said } from '../hardware/words.ts'
import { WriteBuffers } from '../hardware/write-buffers.tsx'
import { NO_PAST } from '../past.ts'
import type { Box } from '../places.ts'
import { scene, type Select } from '../scene.ts'

export default scene({
  id: 'memory',
  title: 'Caches, memory and display',
  floor: 'hardware',
  of: ({ frame }) => {
    const { past = NO_PAST, step, after, truth, differs, t, selected } = frame
    const page = pageShown(frame)
    const siblings = siblingsOf(truth, page)
    // A display that reads again what it shows already changes no word, and is seen to read.
    const moves = past.words || (step?.event as string) === 'display.scanout'
    return [
      past.worded, moves ? step : null, moves ? past.since : null, t, page, showsWhole(frame, siblings), siblings.length, siblings[0]?.frame, selected?.startsWith('line:') ? selected : null,
      [...mappedAs(after)].join(), isFree(after, page), all(after, 'crtc' as Kind)[0]?.[1], differs.has(DRAM), differs.has(DISPLAY_SHOWN),
    ]
  },
  draw({ frame, box, compact, onSelect }) {
    const layout = layoutOf(box, compact)
    const view = viewOf(frame)
    return (
      <g>
        <Patterns />
        <Titles frame={frame} layout={layout} view={view} onSelect={onSelect} />
        <Bus layout={layout} flows={view?.flows ?? []} t={frame.t} />
        {view ? <Parties frame={frame} layout={layout} view={view} onSelect={onSelect} /> : <Nothing layout={layout} />}
      </g>
    )
  },
})

/** Where pictures are small the last title begins this much before its own, since nothing lies behind it. */
const SPARE = 14

function Titles({ frame, layout, view, onSelect }: { frame: Frame; layout: HardwareLayout; view: View | null; onSelect: Select | undefined }) {
  const { cpu, wc, dram, gpu, display, reach, title, foot } = layout
  const width = (box: Box): number => box.w + reach - 12
  const spare = layout.k < 4 ? SPARE : 0
  const pager = !view || view.whole || view.siblings.length < 2 ? 0 : view.siblings.length > MANY_PAGES ? 118 : 62
  const page = view ? hex(view.pfn) : ''
  return (
    <g>
      <Title x={cpu.x} y={title} width={width(cpu)} names={['CPU cache', 'CPU']} said={cpuWords(frame, view)} />
      {wc && <Title x={wc.x} y={title} width={width(wc)} names={['write buffers', 'WC']} said={null} />}
      <Title x={dram.x} y={title} width={width(dram) - (foot ? 0 : pager)} names={namesOf(view, page)} said={dramWords(frame, view)} />
      {pager > 0 && drawing && <drawing.Pager x={(foot ? foot.x + foot.w : dram.x + width(dram)) - pager + (pager > 62 ? 26 : 0)} y={foot ? foot.y + FOOT : title} view={view!} onSelect={onSelect} />}
      <Title x={gpu.x} y={title} width={width(gpu) - spare} names={['GPU cache', 'GPU']} said={gpuWords(view)} fill="var(--gpu)" />
      <Title x={display.x - spare} y={title} width={display.w + spare} names={['Display']} said={displayWords(view)} fill="var(--display)" />
      {foot && <Foot frame={frame} box={{ ...foot, w: foot.w - pager }} view={view} />}
    </g>
  )
}

/** What memory is called: the page, or how much of it stands for how much. */
function namesOf(view: View | null, page: string): readonly [string, ...string[]] {
  if (!view) return ['DRAM']
  if (!view.whole) return formsOf(FORMS.dramPage, { page })
  const { pages, shape: { width, height } } = view.whole
  return formsOf(FORMS.dramWhole, { n: pages.length, width, height })
}

/** How far below its top the words of the line below the pictures stand. */
const FOOT = 13

/** On a phone: what the titles have no room to say, and the write buffers, which are not drawn. */
function Foot({ frame, box, view }: { frame: Frame; box: Box; view: View | null }) {
  const parts = [['CPU', cpuWords(frame, view)], ['WC', wcWords(view)], ['GPU', gpuWords(view)]] as const
  const tones = parts.map(([, said]) => said.tone)
  const tone = tones.includes('bad') ? 'bad' : tones.includes('dirty') ? 'dirty' : 'quiet'
  const form = (at: number): string => parts.map(([name, { forms }]) => `${name} ${forms[Math.min(at, forms.length - 1)] || 'empty'}`).join(' · ')
  return <Title x={box.x} y={box.y + FOOT} width={box.w} names={['Caches']} said={{ tone, forms: [form(0), form(1), form(2), form(9)] }} />
}

function Parties({ frame, layout, view, onSelect }: { frame: Frame; layout: HardwareLayout; view: View; onSelect: Select | undefined }) {
  const { t, before, after } = frame
  const { k, cpu, wc, dram, gpu, display } = layout
  const { was, now, flows, whole } = view
  // A panel of more pixels than its box has, twice over, is shown small.
  const large = view.display.lit && view.display.width > 2 * display.w
  const line = selectedLine(frame)
  const says = (name: string, { forms }: Said): string => `${name}: ${forms[0]}`
  const parties = [
    { box: dram, says: says(fill(SENTENCES.dramPage, { page: hex(view.pfn) }), dramWords(frame, view)) }, { box: cpu, says: says('CPU cache', cpuWords(frame, view)) },
    { box: gpu, says: says('GPU cache', gpuWords(view)) }, { box: view.display.width === SIDE ? display : null, says: says('Display', displayWords(view)) },
  ].flatMap(({ box, says: text }) => (box ? [{ box, says: text }] : []))
  return (
    <g>
      {whole && drawing && <drawing.WholeParties frame={frame} layout={layout} whole={whole} onSelect={onSelect} />}
      {!whole && <Cache box={cpu} k={k} was={was.cpu} now={now.cpu} flows={flows} party="cpu" t={t} />}
      {wc && <WriteBuffers box={wc} room={wc.w + layout.reach - GESTURE} k={k} was={view.wcWas} now={view.wcNow} page={view.frame} t={t} chosen={line} onSelect={onSelect} />}
      {!whole && <Memory box={dram} k={k} view={view} t={t} differs={frame.differs.has(DRAM)} />}
      {!whole && <Cache box={gpu} k={k} was={was.gpu} now={now.gpu} flows={flows} party="gpu" t={t} />}
      {large && drawing ? <drawing.LargePanel frame={frame} box={display} view={view} /> : <Panel box={display} before={before} after={after} view={view} t={t} differs={frame.differs.has(DISPLAY_SHOWN)} />}
      {t < 1 && !whole && <Travels layout={layout} view={view} t={t} guess={(frame.step?.event as string) === 'cache.prefetch'} />}
      {!whole && <LineHits parties={parties} k={k} page={view.frame} chosen={line} label={parties[0]!.says} onSelect={onSelect} />}
      {line !== null && parties.map(({ box }) => <ChosenLine key={box.x} box={box} k={k} line={line} />)}
    </g>
  )
}

/** Lines that flow from one party to another, drawn between the two at their own height. */
function Travels({ layout, view, t, guess }: { layout: HardwareLayout; view: View; t: number; /** Nobody asked for these lines: their outline is dashed. */ guess: boolean }) {
  return (
    <g>
      {view.flows.map((flow) => {
        if (flow.kind === 'scan' || flow.kind === 'store' || flow.kind === 'drop') return null
        const place = travelOf(layout, flow, t)
        const copy = flow.kind === 'fill' ? view.now[flow.to === 'gpu' ? 'gpu' : 'cpu'] : view.now.dram
        if (!place) return null
        const lines = new Set(flow.lines)
        return (
          <g key={`${flow.kind} ${flow.from} ${flow.to}`}>
            <Picture pixels={paintCopy(copy, lines)} box={place} />
            {guess && <path d={barsPath(gridOf(place, layout.k, 0), LINES_PER_PAGE, (line) => lines.has(line), 0.5)} fill="none" stroke="var(--ink)" strokeDasharray="3 3" />}
          </g>
        )
      })}
    </g>
  )
}

function Nothing({ layout }: { layout: HardwareLayout }) {
  const { cpu, gpu, dram, display } = layout
  return (
    <g>
      <Empty box={cpu} says="no lines" />
      <Empty box={dram} says="no page yet" />
      <Empty box={gpu} says="no lines" />
      <Empty box={display} says="no frame yet" />
    </g>
  )
}
