/**
 * amdgpu: graphics cards with memory of their own, on TTM. As exporter (E5) it moves a buffer to system memory for whoever attaches, and for a
 * CPU that announces reads; its mappings fault page by page, so that they survive the move. As importer it tells an offset and maps an import,
 * but the first touch is SIGBUS.
 * Mirrors: amdgpu_prime.c (5.2), amdgpu_dma_buf.c, amdgpu_gem.c: amdgpu_mode_dumb_create, amdgpu_mode_dumb_mmap, amdgpu_gem_prime_mmap.
 * Leaves out: memory shared from card to card without a move, importers that follow one (dynamic attachments), that a picture on the screen may
 * hold its buffer in the card's memory and so refuse an importer (EBUSY); that plain buffers were cached in system memory until late 2019.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import type { Fail } from '../fail.ts'
import type { Direction, DmaBufOps, DriverHooks } from '../hooks.ts'
import { gemDmaBufOps52, gemDmaBufOpsNow } from '../prime.ts'
import type { Says } from '../syscall.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { faultingAs, mapBo52, mmapObj, ttmDumbCreate, ttmHooks52, ttmHooksNow } from '../ttm.ts'
import { placeFirst, ttmSharing, validate } from '../ttm-move.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'ttm.begin': { gem: Id<'gem'>; action: 'moves' | 'pinned' | 'stays'; dir: Direction } }
}
export const says: Says = {
  'ttm.begin:moves': 'A CPU will read {gem}, and reads from the card\'s memory are slow: amdgpu **moves it to system memory** first.',
  'ttm.begin:pinned': 'A CPU will read {gem}. It is **pinned for an importer** and lies in system memory already: nothing to do.',
  'ttm.begin': 'Nothing has to move for this access to {gem} ({dir}): it **stays where it is**, and no cache is touched.',
}

const beginCpuAccess = (name: string) => fn(name, (k: Kernel, dmaBuf: Id<'dma_buf'>, dir: Direction) => {
  const gem = k.world.get(dmaBuf).priv as Id<'gem'>
  const { memory, pagesPin } = k.world.get(gem)
  const action = dir === 'TO' ? 'stays' : pagesPin > 0 ? 'pinned' : memory === 'system' ? 'stays' : 'moves'
  k.world.emit('ttm.begin', { gem, action, dir })
  if (action === 'moves') validate(k, gem, 'system')
})

/** drm_gem_prime_dmabuf_ops, and a hook of its own before CPU access. */
const ops = (core: DmaBufOps, names: { attach: string; begin: string }): DmaBufOps => ({
  ...core,
  attach: fn(names.attach, (k: Kernel, dmaBuf: Id<'dma_buf'>, attachment: Id<'attachment'>): void | Fail => core.attach!(k, dmaBuf, attachment)),
  beginCpuAccess: beginCpuAccess(names.begin),
})

const card: DriverHooks = {
  modeset: true, probe: probeCrtc, postClose: forgetEvents,
  dumbCreate: ttmDumbCreate('amdgpu_mode_dumb_create', 'vram', placeFirst('vram')), dumbMapOffset: fn('amdgpu_mode_dumb_mmap', mmapBoPlain),
}
const pins = { pin: 'amdgpu_bo_pin', unpin: 'amdgpu_bo_unpin' }

export default driver({
  name: 'amdgpu',
  inShort: 'Maps an import, and the first touch is SIGBUS. Its own buffers move to system memory for importers, and at SYNC START when reads are announced; no cache is touched.',
  exporter: {
    id: 'E5', title: 'memory of a graphics card', why: 'The buffer lies in the card\'s memory and moves to system memory when another device attaches. Its mappings fault page by page, so they survive the move; reads are slow.',
    leavesOut: 'That a graphics card shows pictures from its own memory alone and would refuse the importer of such a buffer: here it reads system memory too. The bus between card and CPU.',
  },
  importer: {
    title: 'amdgpu (TTM)', why: 'Its buffers are TTM\'s. The offset of an import is told and mmap succeeds, but TTM has no pages of it for a CPU: the first touch is SIGBUS.',
    leavesOut: 'Jobs of its GPU: where a pointer is got by another way, the CPU draws and nothing is handed over.',
  },
  releases: {
    '5.2': {
      ...ttmHooks52, ...card, ...ttmSharing({ ...pins, sgTable: 'amdgpu_gem_prime_get_sg_table', importSg: 'amdgpu_gem_prime_import_sg_table' }),
      primeMmap: fn('amdgpu_gem_prime_mmap', mapBo52),
      dmaBufOps: ops(gemDmaBufOps52, { attach: 'amdgpu_gem_map_attach', begin: 'amdgpu_gem_begin_cpu_access' }),
    },
    '6.1': {
      ...ttmHooksNow, ...card, ...ttmSharing({ ...pins, sgTable: 'drm_prime_pages_to_sg', importSg: 'amdgpu_dma_buf_create_obj' }),
      ...faultingAs('amdgpu_gem_vm_ops', 'amdgpu_gem_fault'), gemMmap: fn('amdgpu_gem_object_mmap', (k, gem, vma) => drmGemTtmMmap(k, gem, vma)),
      dmaBufOps: ops(gemDmaBufOpsNow, { attach: 'amdgpu_dma_buf_attach', begin: 'amdgpu_dma_buf_begin_cpu_access' }),
    },
  },
})
const drmGemTtmMmap = fn('drm_gem_ttm_mmap', mmapObj)
