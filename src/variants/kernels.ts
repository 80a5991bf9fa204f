/** Kernel flavours: which functions of the kernel run. Mesa's own age goes with them. */
import { flavours } from '../kernel/flavours.ts'
import { part, type Part } from '../machine/variant.ts'

const kernel = (id: string, era: '2019' | 'now', title: string, why: string): Part =>
  part({ axis: 'kernel', id, title, why, change: b => ({ ...b, kernel: flavours[id]!, mesa: { ...b.mesa, era } }) })

export default (): Part[] => [
  kernel('K52', '2019', 'Linux 5.2', 'July 2019: an importer treats a foreign buffer like its own and puts its pages into the mapping.'),
  kernel('KBLK', '2019', 'Linux 5.2, MMAP_BO blocked', 'A tree of June 2019 that never was a release: MMAP_BO refuses every import.'),
  kernel('KRFC', '2019', 'Linux 5.2 with the patch', 'The patch of 3 July 2019: the node hands the mapping of an import to its exporter, and forgets one reference.'),
  kernel('K61', 'now', 'Linux 6.1', 'As recorded on a real machine: imports are redirected to their exporter.'),
  kernel('KNOW', 'now', 'Linux 6.19', 'Today: imports are redirected to their exporter.'),
].filter(({ id }) => id in flavours)
