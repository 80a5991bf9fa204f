/** The shelf of exporters that are no DRM drivers, and what a kernel of one release has of them. */
import { compareReleases, ofRelease } from './driver.ts'
import type { Exporter, NodeKind, Queue } from './exporter.ts'
import type { DmaBufOps, VmOps } from './hooks.ts'

const shelf: Exporter[] = []
export const exporters: readonly Exporter[] = shelf
/** For `stockExporters` (flavours.ts), which gives them to every kernel too. */
export const shelve = (files: Readonly<Record<string, { readonly default: Exporter }>>): void =>
  void shelf.push(...Object.values(files).map(file => file.default).filter(each => !shelf.includes(each)))
// The first run of the page allocates from its display.
shelve(import.meta.env.SSR ? import.meta.glob<{ default: Exporter }>(['./exporters/*.ts', '!./exporters/*.test.ts', '!./exporters/_*.ts'], { eager: true }) : {})

export const exporterAt = (node: string): Exporter | undefined => exporters.find(({ nodes }) => node in nodes)

const KINDS: Readonly<Record<Exporter['way'], NodeKind>> = { heap: 'heap', udmabuf: 'udmabuf', v4l2: 'video' }
/** The nodes of one exporter, and what an open of them is. */
export const nodesOf = ({ nodes, way }: Exporter): Readonly<Record<string, NodeKind>> => Object.fromEntries(Object.keys(nodes).map(node => [node, KINDS[way]]))
/** The nodes that a release has. */
export const exporterNodes = (release: string): Readonly<Record<string, NodeKind>> =>
  Object.fromEntries(exporters.flatMap(spec => Object.entries(nodesOf(spec)).filter(([node]) => compareReleases(spec.nodes[node]!, release) <= 0)))
export const exporterOps = (release: string): Readonly<Record<string, DmaBufOps>> =>
  Object.fromEntries(exporters.map(({ kind, releases }) => [kind, ofRelease(releases, release)]))
export const exporterVmOps = (): Record<string, VmOps> => Object.assign({}, ...exporters.map(({ vmOps }) => vmOps)) as Record<string, VmOps>
export const exporterQueues = (): Record<string, Queue> =>
  Object.fromEntries(exporters.flatMap(({ nodes, queue }) => (queue ? Object.keys(nodes).map(node => [node, queue]) : [])))
