/**
 * A display whose dumb buffers come from the shmem helper and are mapped cached: exporter kind E2. Nobody ever cleans them.
 * Mirrors: a KMS driver without map_wc. Leaves out: that in 5.2 the helper knew no cached mappings; here it does, so that the kinds can be compared.
 */
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { isFail } from '../fail.ts'
import { fn } from '../context.ts'
import type { DriverHooks } from '../hooks.ts'
import { primeMmap52 } from '../gem-mmap.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'
import { shmemFopsMmap52 } from '../shmem-mmap.ts'

/** The helper's handler, and then the attribute that this driver wants for its own buffers; an import stays as the helper left it. */
const mmap52: DriverHooks['mmap'] = fn('kms_shmem_cached_mmap', (k, file, vma) => {
  const result = shmemFopsMmap52(k, file, vma)
  const { priv } = k.world.get(vma)
  const gem = priv?.startsWith('gem:') ? k.world.get(priv as `gem:${string}`) : undefined
  if (isFail(result) || !gem || gem.importAttach || !k.drivers[gem.device]!.cached) return result
  k.world.set(vma, 'attr', 'wb')
  k.world.emit('mmap.cached', { vma })
})

export default driver({
  name: 'kms-shmem-cached',
  inShort: 'Scattered pages, cached. Since 5.9 it hands the mapping of an import to its exporter. SYNC waits for fences only, so nobody ever cleans them.',
  exporter: {
    id: 'E2', title: 'shared memory, cached', why: 'Scattered pages, cached by the CPU, and an exporter that never cleans them: what a device reads may be old.',
    leavesOut: 'In Linux 5.2 the shared-memory helper knew no cached mappings, and here it does. The display reads scattered pages one after the other.',
  },
  releases: {
    '5.2': { ...shmemHooks52, dumbCreate: shmemHooks({ attr: 'wb' }).dumbCreate, modeset: true, probe: probeCrtc, postClose: forgetEvents, cached: true, mmap: mmap52, primeMmap: primeMmap52 },
    '6.1': { ...shmemHooks({ attr: 'wb' }), modeset: true, probe: probeCrtc, postClose: forgetEvents, cached: true },
  },
})
