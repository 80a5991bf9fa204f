/**
 * A moment as a diagram of plain text, 80 columns, for a mail: the call and its way into the kernel, the tree of references, and the 64
 * lines of each buffer page as every party has them.
 * Leaves out: page tables and translations; pages of a buffer after the first four.
 */
import { copiesOf, framesOf, MOST_PAGES, PARTIES, shownOld } from '../../app/copies.ts'
import type { Shown } from '../../app/frames.ts'
import { fill } from '../../base/fill.ts'
import { DIRTY, INVALID } from '../../journal/areas.ts'
import { castOf, nameOf, plainText } from '../../journal/say.ts'
import { all } from '../../journal/snapshot.ts'
import { BOUNDARY } from '../../journal/step.ts'
import { ascii, clip, COLUMNS, wrap } from '../ascii.ts'
import { form } from '../form.ts'
import { graphOf, type Graph, type Held } from '../references.ts'
import { SENTENCES } from '../sentences.ts'
import { linkWithin } from '../link.ts'
import { nameOfMoment, tell, titleOfMoment, type Told } from '../taking.ts'

const rule = (sign: string, title = ''): string => (title === '' ? '' : `${sign}${sign} ${title} `).padEnd(COLUMNS, sign)

/** What user space asked, and what it got back if it has. */
function userSpace({ shown: { after, journal, step } }: Told): string[] {
  return all(after, 'task').toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([id, task]) => {
    const listing = journal.header.listing.find((each) => each.task === id)
    const line = step && listing?.lines.find(({ key }) => key === step.call)
    const fields = step?.fields as { result?: unknown; errno?: string | null } | undefined
    const back = line && (step.event === 'call.leave' || step.event === 'trap.leave') ? ` = ${fields?.errno ? `-${fields.errno}` : String(fields?.result ?? 'ok')}` : ''
    const state = task.ended ?? task.state
    return [clip(ascii(`  ${fill(SENTENCES.task, { letter: task.letter, name: task.name, pid: task.pid, state })}`)), ...(line ? wrap(ascii(`    > ${line.text.trim()}${back}`), COLUMNS, '      ') : [])]
  })
}

function chain({ shown: { step } }: Told): string[] {
  if (!step) return []
  const at = step.stack.indexOf(BOUNDARY)
  const kernel = at >= 0 ? step.stack.slice(at + 1) : step.actor.startsWith('task:') ? [] : step.stack
  return kernel.length === 0 ? [] : wrap(`  ${fill(SENTENCES.chain, { functions: ascii(kernel.join(' > ')) })}`, COLUMNS, '     ')
}

/** The references as a tree, each object once; where it comes again, it is only named. */
function tree(graph: Graph): string[] {
  const told = new Set<string>()
  const below = (id: Held['to']): readonly Held[] => graph.edges.filter((edge) => edge.from === id)
  const said = ({ slot, to, counter }: Held): string => {
    const count = counter === '' ? null : graph.count(to, counter)
    return `${slot} -> ${graph.name(to)}${count === null ? '' : ` [${graph.counter(to, counter)} ${count}]`}`
  }
  const branch = (id: Held['to'], rail: string): string[] => {
    told.add(id)
    const edges = below(id)
    return edges.flatMap((edge, i) => {
      const last = i === edges.length - 1
      const again = told.has(edge.to) && below(edge.to).length > 0
      const thing = edge.to === id ? fill(SENTENCES.itself, { thing: said(edge) }) : again ? fill(SENTENCES.above, { thing: said(edge) }) : said(edge)
      const line = clip(ascii(`${rail}${last ? '`- ' : '|- '}${edge.lost ? fill(SENTENCES.lost, { thing }) : thing}`))
      return [line, ...(told.has(edge.to) ? [] : branch(edge.to, `${rail}${last ? '   ' : '|  '}`))]
    })
  }
  const grown = (id: Held['to']): string[] => [clip(ascii(`  ${graph.name(id)}`)), ...branch(id, '  ')]
  const fromRoots = graph.roots.flatMap(grown)
  // Objects that hold each other in a circle hang on no root.
  return [...fromRoots, ...graph.nodes.filter((id) => !told.has(id) && below(id).length > 0).flatMap((id) => (told.has(id) ? [] : grown(id)))]
}

const LABEL = 14
const strip = (label: string, cells: string): string => `${`  ${label}`.padEnd(LABEL)}|${cells}|`

function copies(shown: Shown, frame: number): string[] {
  return copiesOf(shown, frame).map(({ holder, state, stale }) => {
    const cells = Array.from(state, (each, i) => (each === INVALID ? '.' : stale[i] ? (each === DIRTY ? 'X' : 'o') : each === DIRTY ? 'D' : '=')).join('')
    return strip(PARTIES[holder] ?? fill(SENTENCES.writeCombine, { core: holder.slice(3) }), cells)
  })
}

function panel(shown: Shown): string[] {
  const old = shownOld(shown)
  return old.length === 0 ? [] : [strip('panel', old.map((each) => (each ? 'o' : '=')).join(''))]
}

/** Each frame once, with everything that it is a page of: an import has the exporter's. */
function hardware({ shown }: Told): string[] {
  const { truth, after, journal } = shown
  const frames = framesOf(shown)
  if (frames.length === 0) return [`  ${NO_PAGE}`, ...panel(shown)]
  const name = (frame: number): string => truth.pages.filter((page) => page.frame === frame).map(({ owner, index }) => fill(SENTENCES.page, { index, owner: nameOf(owner, [after, castOf(journal)]) })).reduce((page, other) => fill(SENTENCES.also, { page, other }))
  const pages = frames.slice(0, MOST_PAGES).flatMap((frame) => ['', ...wrap(ascii(`  ${fill(SENTENCES.frame, { page: name(frame), frame: `0x${(journal.header.firstPfn + frame).toString(16)}` })}`), COLUMNS, '  '), ...copies(shown, frame)])
  const more = frames.length - MOST_PAGES
  return [...pages, ...(more > 0 ? [`  ${fill(SENTENCES.morePages, { count: more })}`] : []), ...panel(shown)]
}

const KEY = 'one sign is a cache line: = newest  D dirty  o old  X dirty and old  . absent'
const NO_PAGE = 'no page belongs to a buffer yet'

function bench(told: Told): string[] {
  const verdict = told.verdict ? `: ${told.verdict.glyph} ${told.verdict.text}` : ''
  return [
    '', rule('=', ''), ...wrap(ascii(`${told.title}${verdict}`), COLUMNS, '  '), ...wrap(ascii(`  ${told.machine}`), COLUMNS, '  '), ...(told.caption === '' ? [] : ['', ...wrap(`  ${ascii(plainText(told.caption))}`, COLUMNS, '  ')]),
    '', rule('-', 'USER SPACE'), ...userSpace(told), rule('.', 'system calls'), ...chain(told), rule('-', 'KERNEL: who holds what'), ...tree(graphOf(told.shown)),
    rule('-', 'HARDWARE'), `  ${KEY}`, ...hardware(told),
  ]
}

export default form({
  id: 'diagram', copies: true, order: 40, of: 'moment', type: 'text/plain',
  title: 'Diagram of plain text',
  why: '80 columns of ASCII, for a mail: the call, who holds what, and each cache line as every party has it.',
  file: (taking) => `${nameOfMoment(taking)}.txt`,
  make(taking) {
    const telling = tell(taking)
    const { lead, benches } = telling
    return [...wrap(ascii(titleOfMoment(taking, telling))), linkWithin(taking.link, COLUMNS), ...(lead === '' ? [] : ['', ...wrap(ascii(lead))]), ...benches.flatMap(bench), ''].join('\n')
  },
})
