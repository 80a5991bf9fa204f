/** Map paths: by which way user space gets a pointer to an imported buffer. */
import { part, type Part } from '../machine/variant.ts'
import type { Blueprint } from '../machine/blueprint.ts'

const path = (id: Blueprint['mesa']['mapPath'], title: string, why: string): Part =>
  part({ axis: 'path', id, title, why, change: b => ({ ...b, mesa: { ...b.mesa, mapPath: id } }) })

export default [
  path('N', 'the importer\'s node', 'MMAP_BO tells a fake offset, and the node of the importing device is mapped there. The mode of the dma-buf is not asked.'),
  path('D', 'the dma-buf itself', 'mmap on the descriptor: its exporter makes the mapping, and its mode decides.'),
  path('S', 'import into the same device', 'The exporting device imports what it exported itself: the kernel finds the object it knows, and maps it as its own.'),
  path('M', 'MODE_MAP_DUMB', 'The offset of a plain buffer, on the importer\'s card. The kernel refuses it for imports since 2017.'),
]
