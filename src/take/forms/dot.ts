/** The reference graph for Graphviz: every object that holds or is held, every reference with its slot and its counter, a cluster for each bench. */
import { fill } from '../../base/fill.ts'
import { graphOf, type Graph, type Held } from '../references.ts'
import { form } from '../form.ts'
import { SENTENCES } from '../sentences.ts'
import { nameOfMoment, tell, titleOfMoment, type Told } from '../taking.ts'

/** A quoted string of the DOT language: any text is one, with two signs escaped. */
export const quote = (text: string): string => `"${text.replace(/[\\"]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n')}"`

function edgeLine(bench: number, graph: Graph, { from, to, slot, counter, lost }: Held): string {
  const label = [slot, counter && graph.counter(to, counter)].filter((part) => part !== '').join('\n')
  const look = lost ? ['style=dashed', 'color="#b3261e"', 'fontcolor="#b3261e"'] : counter === '' ? ['style=dotted'] : []
  return `    ${quote(`${bench}/${from}`)} -> ${quote(`${bench}/${to}`)} [${[`label=${quote(lost ? fill(SENTENCES.lostRef, { label }) : label)}`, ...look].join(', ')}];`
}

const COUNTERS = ['fCount', 'refcount', 'handleCount', 'pagesUse', 'pagesPin']

function nodeLine(bench: number, graph: Graph, id: Graph['nodes'][number]): string {
  const counts = COUNTERS.filter((counter) => graph.count(id, counter) !== null).map((counter) => `${graph.counter(id, counter)} ${graph.count(id, counter)}`).join(', ')
  return `    ${quote(`${bench}/${id}`)} [label=${quote([graph.name(id), id, counts].filter((part) => part !== '').join('\n'))}];`
}

function cluster({ bench, title, machine, shown }: Told): string[] {
  const graph = graphOf(shown)
  return [
    `  subgraph ${quote(`cluster_${bench}`)} {`, `    label=${quote(`${title}\n${machine}`)};`,
    ...graph.nodes.map((id) => nodeLine(bench, graph, id)), ...graph.edges.map((edge) => edgeLine(bench, graph, edge)), '  }',
  ]
}

export default form({
  id: 'dot', copies: true, order: 50, of: 'moment', type: 'text/vnd.graphviz',
  title: 'Reference graph (DOT)',
  why: 'Who holds what, and what counts it: for Graphviz. Dashed red references are lost, dotted ones are names that nothing counts.',
  file: (taking) => `${nameOfMoment(taking)}.dot`,
  make(taking) {
    const telling = tell(taking)
    const title = titleOfMoment(taking, telling)
    return [
      `digraph ${quote(title)} {`, `  label=${quote(`${title}\n${taking.link}`)};`,
      '  rankdir=LR; compound=true;', '  node [shape=box, style=rounded, fontname="sans-serif"];', '  edge [fontname="monospace", fontsize=10];',
      ...telling.benches.flatMap(cluster), '}', '',
    ].join('\n')
  },
})
