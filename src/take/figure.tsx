/**
 * A step as one drawing that needs nothing around it: the benches side by side, four in a square, with their titles, what is said, and
 * where it can be opened again. The size is always the same, whatever window it was taken from.
 */
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { differing } from '../app/frames.ts'
import { VERDICT_TONES } from '../app/store.ts'
import { Bench } from '../stage/bench.tsx'
import { BEST } from '../stage/floors.ts'
import { frameOf, type Frame } from '../stage/frame.ts'
import { clipMono, Mono, Words } from '../stage/glyphs/text.tsx'
import { placesOf, type Places } from '../stage/places.ts'
import { richLines, type Piece } from './rich.ts'
import { storyTitle, tell, titleOfMoment, type Taking, type Telling, type Told } from './taking.ts'

const MARGIN = 24
const GAP = 16
const TOP = 64
const TITLE = 40
/** What a bench is made of, below its title. */
const SMALL = 12
const SMALL_LINE = 16
const TEXT = 17
const LINE = 24
const LEAD = 30
const FOOT = 34

export interface Figure {
  readonly w: number
  readonly h: number
  /** Patterns that the parts are filled with. */
  readonly defs: string
  /** The drawing in layers, from back to front: markup, '' for one that is empty here. All figures of the same benches have the same layers. Tokens are not written out yet. */
  readonly parts: readonly string[]
  /** What it shows, in a sentence. */
  readonly title: string
}

const HIDDEN = / (?:tabindex|role|aria-pressed|class)="[^"]*"/g

/** Things to press are none any more, and one picture has no pictures in it; ids of two benches do not meet. */
function still(markup: string, prefix: string): string {
  return markup.replace(/ role="button"| role="img" aria-label="[^"]*"/g, '').replace(HIDDEN, (found) => (found.startsWith(' role="group"') || / class="(?:thing|halo)"/.test(found) ? found : ''))
    .replace(/ id="([^"]*)"/g, ` id="${prefix}$1"`).replace(/url\(#/g, `url(#${prefix}`)
}

export const placesIn = ({ benches }: Taking): Places => placesOf(benches.flatMap(({ run }) => (run ? [run.journal] : [])))

const markupOf = (node: ReactNode): string => renderToStaticMarkup(node)

/** The outermost elements of a text of markup. */
export function elements(markup: string): string[] {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (const tag of markup.matchAll(/<(\/?)[\w:-]+(?:\s+[\w:-]+(?:="[^"]*")?)*\s*(\/?)>/g)) {
    if (tag[2] !== '/') depth += tag[1] === '/' ? -1 : 1
    if (depth > 0) continue
    const end = tag.index + tag[0].length
    found.push(markup.slice(start, end))
    start = end
  }
  return found
}

function Rich({ pieces, x, y, size = TEXT, fill }: { pieces: readonly Piece[]; x: number; y: number; size?: number; fill?: string }) {
  return (
    <Words x={x} y={y} size={size} {...(fill && { fill })}>
      {pieces.map(({ text, bold, code }, i) => <tspan key={i} {...(bold && { fontWeight: 650 })} {...(code && { fontFamily: 'var(--mono)', fontSize: size * 0.93 })}>{text}</tspan>)}
    </Words>
  )
}

interface Layout {
  readonly w: number
  readonly h: number
  readonly captions: readonly (readonly Piece[][])[]
  readonly machines: readonly (readonly Piece[][])[]
  /** From where the title of a bench begins to its stage. */
  readonly title: number
  /** Baseline of the lead, and where the first caption line of a bench ends. */
  readonly lead: number
  readonly words: (bench: number) => number
  /** Corner of the stage of a bench. */
  readonly corner: (bench: number) => { readonly x: number; readonly y: number }
}

/** In one row the lead stands above the captions; four benches are a square, each with its caption, and the lead below all. */
function layoutOf({ benches, lead }: Telling, captionLines: number): Layout {
  const captions = benches.map(({ caption }) => richLines(caption, BEST.w - 8, TEXT))
  const lines = Math.max(captionLines, ...captions.map((each) => each.length))
  const machines = benches.map(({ machine }) => richLines(machine, BEST.w - 8, SMALL))
  const title = TITLE + SMALL_LINE * Math.max(...machines.map((each) => each.length))
  const square = benches.length === 4
  const columns = square ? 2 : benches.length
  const leading = lead === '' && captionLines === 0 ? 0 : LEAD
  const pitch = title + BEST.h + lines * LINE + GAP
  const corner = (i: number) => ({ x: MARGIN + (i % columns) * (BEST.w + GAP), y: TOP + title + Math.floor(i / columns) * pitch })
  const under = (i: number): number => corner(i).y + BEST.h
  return {
    w: 2 * MARGIN + columns * BEST.w + (columns - 1) * GAP, h: under(benches.length - 1) + leading + lines * LINE + FOOT + MARGIN / 2, captions, machines, title, corner,
    lead: under(benches.length - 1) + LEAD + (square ? lines * LINE : 0), words: (i) => under(i) + 10 + (lead === '' || square ? 0 : LEAD) + LINE - 4,
  }
}

interface Stage { readonly defs: string; readonly layers: readonly string[] }

function stageOf(taking: Taking, { shown }: Told, places: Places, differs: Frame['differs'], prefix: string): Stage {
  const frame = frameOf(shown, 1, { places, says: taking.catalog.says, differs, selected: null })
  const markup = still(markupOf(<Bench frame={frame} size={BEST} />), prefix)
  const defs: string[] = []
  const drawn = markup.slice(markup.indexOf('>') + 1, markup.lastIndexOf('</svg>')).replace(/<defs>(.*?)<\/defs>/gs, (_, inner: string) => {
    defs.push(inner)
    return ''
  })
  return { defs: defs.join(''), layers: elements(drawn) }
}

function Heading({ told, machine, x, y }: { told: Told; machine: readonly Piece[][]; x: number; y: number }) {
  const { verdict } = told
  return (
    <g>
      <Words x={x} y={y} size={18} weight={650}>{told.title}</Words>
      {machine.map((pieces, n) => <Rich key={n} pieces={pieces} x={x} y={y + 6 + (n + 1) * SMALL_LINE - 4} size={SMALL} fill="var(--dim)" />)}
      {verdict && <Words x={x + BEST.w} y={y} size={16} weight={650} anchor="end" fill={`var(--${VERDICT_TONES[verdict.glyph]})`}>{`${verdict.glyph} ${verdict.text}`}</Words>}
    </g>
  )
}

export interface Series {
  readonly places?: Places
  /** Room that is kept for so many lines of each caption and for a lead, so that all figures of a series have one size. */
  readonly captionLines?: number
  /** Before ids, where figures stand in one document. */
  readonly prefix?: string
}

export function figure(taking: Taking, at: number = taking.at, { places = placesIn(taking), captionLines = 0, prefix = '' }: Series = {}): Figure {
  const telling = tell(taking, at)
  const { benches, lead, where } = telling
  const layout = layoutOf(telling, captionLines)
  const { w, h, captions, corner } = layout
  const differs = benches.length > 1 ? differing(benches.map(({ shown }) => shown)) : new Set<string>()
  const stages = benches.map((told) => stageOf(taking, told, places, differs, `${prefix}b${told.bench}-`))
  const head = [
    <rect width={w} height={h} fill="var(--bg)" />,
    <Words x={MARGIN} y={40} size={22} weight={650}>{storyTitle(taking)}</Words>,
    <Words x={w - MARGIN} y={40} size={16} fill="var(--dim)" anchor="end">{where}</Words>,
    ...benches.map((told, i) => <Heading told={told} machine={layout.machines[i]!} x={corner(i).x} y={corner(i).y + 24 - layout.title} />),
  ]
  const foot = [
    ...benches.map((_, i) => <rect {...corner(i)} width={BEST.w} height={BEST.h} fill="none" stroke="var(--line)" />),
    lead === '' ? null : <Words x={MARGIN} y={layout.lead} size={TEXT} weight={650} fill="var(--bad)">{lead}</Words>,
    ...captions.map((lines, i) => <g>{lines.map((pieces, n) => <Rich key={n} pieces={pieces} x={corner(i).x} y={layout.words(i) + n * LINE} />)}</g>),
    <Mono x={MARGIN} y={h - 14} size={12} fill="var(--dim)">{clipMono(taking.link, w - 2 * MARGIN, 12)}</Mono>,
  ]
  const drawn = stages.flatMap(({ layers }, i) => layers.map((part) => `<g transform="translate(${corner(i).x} ${corner(i).y})">${part}</g>`))
  return { w, h, defs: stages.map(({ defs }) => defs).join(''), parts: [...head.map(markupOf), ...drawn, ...foot.map(markupOf)], title: titleOfMoment(taking, telling) }
}

/** Lines that the longest caption of some steps takes. */
export const mostLines = (taking: Taking, steps: readonly number[]): number =>
  Math.max(1, ...steps.flatMap((at) => tell(taking, at).benches.map(({ caption }) => richLines(caption, BEST.w - 8, TEXT).length)))
