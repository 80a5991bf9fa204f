/**
 * The object model: shapes only, the verbs live in the files named for the nouns. A reference is an id; counts are
 * changed through ref.ts alone. Names follow the kernel's, in camelCase.
 * Mirrors: task_struct, file, drm_file, drm_gem_object, dma_buf, dma_buf_attachment, vm_area_struct, dma_resv, dma_fence.
 */
import type { Id } from '../journal/vocabulary.ts'

/** One entry of a task's fd table. */
export interface Fd { readonly file: Id<'file'>; readonly cloexec: boolean }
/** One entry of a scatter list: `page` is the first frame number (null: no struct page), `len` in bytes, `dma` the device's address once mapped. */
export interface SgEntry { readonly page: number | null; readonly len: number; readonly dma: number | null }
export type Attr = 'wb' | 'wc' | 'uc'

/** Fields that only grow: the hash of a state leaves them out. */
export const COUNTERS: ReadonlySet<string> = new Set(['kernel.nextIno', 'kernel.nextPid', 'kernel.log', 'crtc.frames'])

/** A range of fake offsets, in pages; `hole`: the place of the hole behind it in the order in which the holes came to be. */
export interface OffsetRange { readonly start: number; readonly pages: number; readonly gem: Id<'gem'>; readonly hole: number }

declare module '../journal/vocabulary.ts' {
  interface Objects {
    task: {
      /** `compositor`, `client`; recordings: `p1`. The id is `task:` + letter or that name. */
      name: string
      letter: string
      pid: number
      uid: number
      fds: Readonly<Record<number, Fd>>
      /** Sorted by start. */
      vmas: readonly Id<'vma'>[]
      /** Physical address of the level-0 table; null until something is mapped. */
      ttbr0: number | null
      asid: number
      /** Where the next mapping without an address goes. */
      mmapNext: number
      state: 'ready' | 'blocked' | 'exited'
      /** Why it ended: `exit`, `SIGABRT`, `SIGBUS`, `killed`…; null while it lives. */
      ended: string | null
    }
    /** An open file description. */
    file: {
      kind: 'drm' | 'dmabuf' | 'memfd' | 'sync_file' | 'udmabuf' | 'heap' | 'video' | 'null' | 'shmem'
      /** As /proc shows it: `card0`, `renderD128`, `dmabuf`. */
      name: string
      fmode: { readonly read: boolean; readonly write: boolean }
      /** Status flags beyond the access mode: NONBLOCK, APPEND, ASYNC. */
      flags: readonly string[]
      fCount: number
      pos: number
      /** drm_file, dma_buf, memfd, fence…: what the file stands for. */
      priv: Id | null
    }
    device: {
      driver: string
      /** `card0`; the render node's name or null. */
      card: string
      render: string | null
      /** GEM names (flink), lowest free first. */
      names: Readonly<Record<number, Id<'gem'>>>
      /** Fake offset space, in pages from the first offset: allocated ranges in order of address. */
      offsets: readonly OffsetRange[]
      /** Place of the hole before the first range in the order in which the holes came to be. */
      firstHole: number
      opens: number
      /** Page-table root and such of a GPU: `gpu_mmu:<n>`; null for a display. */
      mmu: Id<'gpu_mmu'> | null
    }
    drm_file: {
      device: Id<'device'>
      render: boolean
      /** The one open of a card that has the say over it: the first, and when that is gone the next that comes. */
      master: boolean
      authenticated: boolean
      /** idr: handle → object; null while the slot is being given back. */
      handles: Readonly<Record<number, Id<'gem'> | null>>
      /** PRIME cache, in the order the entries were made. */
      prime: readonly { readonly handle: number; readonly dmaBuf: Id<'dma_buf'> }[]
      /** Fences that vgem's test ioctls attached through this file, by number; null once signalled: numbers are not used again. */
      fences: Readonly<Record<number, Id<'fence'> | null>>
    }
    /** drm_gem_object with the shmem or DMA helper's extension. */
    gem: {
      device: Id<'device'>
      refcount: number
      handleCount: number
      /** flink name, 0 for none. */
      name: number
      sizeBytes: number
      /** `shmem`, `dma` (contiguous), `vram`, … */
      memory: string
      /** CPU mapping attribute that the owner uses for its own mappings. */
      attr: Attr
      /** Frame numbers, one per page; null while nothing is allocated. A page not yet touched is -1. */
      pages: readonly number[] | null
      /** What its shmem file holds, one frame per page, -1 before the page is first needed; null without a shmem file. */
      filp: readonly number[] | null
      pagesUse: number
      pagesPin: number
      sgt: readonly SgEntry[] | null
      /** The DMA helper: where its one piece begins on the device's side, in bytes; null for other memory. */
      dmaAddr: number | null
      dmaBuf: Id<'dma_buf'> | null
      importAttach: Id<'attachment'> | null
      /** First page of its range in the device's fake offset space; null when it has none yet. */
      offset: number | null
      /** User space may only read it; 5.2 has i915 in mind, and no driver here sets it. */
      readonly?: boolean
      /** Which drm_file may map it, and how many handles there give the right. */
      allow: Readonly<Record<Id<'drm_file'>, number>>
      resv: Id<'resv'>
      /** 0 WILLNEED, 1 DONTNEED, -1 purged. */
      madv: number
      /** GPU address where it is mapped; null: nowhere. */
      gpuVa: number | null
      /** The GPU does not execute what is in it. */
      noexec: boolean
      /** A heap: its pages come 2 MiB at a time, when the GPU first touches them. */
      heap: boolean
      /** Flags of the driver's own create call (`ETNA_BO_WC`, `MSM_BO_NO_SHARE`). */
      flags: readonly string[]
      /** etnaviv: the direction that CPU_PREP began and CPU_FINI will end; null: none. */
      lastPrep: 'TO' | 'FROM' | 'BIDIR' | null
    }
    dma_buf: {
      file: Id<'file'>
      sizeBytes: number
      expName: string
      name: string
      /** A name was set, perhaps an empty one. */
      named: boolean
      /** Exporter's object: a gem, a memfd, a heap buffer. */
      priv: Id
      /** Newest first. */
      attachments: readonly Id<'attachment'>[]
      resv: Id<'resv'>
      /** inode number, counting from 1 in order of creation. */
      ino: number
      /** The fence that each direction of a poll waits for; the poll holds a reference to the file meanwhile (6.x). */
      poll: { readonly in: Id<'fence'> | null; readonly out: Id<'fence'> | null }
    }
    attachment: {
      dmaBuf: Id<'dma_buf'>
      device: Id<'device'>
      sgt: readonly SgEntry[] | null
      dir: 'TO' | 'FROM' | 'BIDIR' | null
      /** 5.2: the list that a DRM exporter made, and the direction it was made for, until the attachment ends. */
      kept?: { readonly sgt: readonly SgEntry[]; readonly dir: 'TO' | 'FROM' | 'BIDIR' }
    }
    vma: {
      task: Id<'task'>
      start: number
      end: number
      /** rd wr ex sh mr mw me ms pf io dc de dd mm lo: the two-letter codes of /proc/PID/smaps. */
      flags: readonly string[]
      attr: Attr
      /** In pages, as the driver left it. */
      pgoff: number
      file: Id<'file'> | null
      /** Whose fault handler serves it: names an entry of the kernel's vm_ops table; null: none. */
      ops: string | null
      /** vm_private_data. */
      priv: Id | null
    }
    resv: { fences: readonly { readonly fence: Id<'fence'>; readonly usage: 'write' | 'read' }[] }
    fence: {
      driver: string
      timeline: string
      seqno: number
      signalled: boolean
      refcount: number
      /** dma-bufs whose poll waits for it. */
      waiters: readonly { readonly dmaBuf: Id<'dma_buf'>; readonly dir: 'in' | 'out' }[]
    }
    /** A sync file's fences; none: it was signalled from the start. */
    sync_file: { fences: readonly Id<'fence'>[] }
    /** Numbers that the whole system counts up; `mair`: the bytes of MAIR_EL1, on x86 of IA32_PAT, index 0 first; `log`: what it warned of since boot, absent while there is nothing. */
    kernel: { nextIno: number; nextPid: number; bug: string | null; mair: readonly number[]; log?: readonly string[] }
    fb: { device: Id<'device'>; owner: Id<'drm_file'>; number: number; gem: Id<'gem'>; width: number; height: number; pitch: number }
    /** What a display controller shows and is about to show; its picture is the area `display.shown`. */
    crtc: { device: Id<'device'>; fb: Id<'fb'> | null; pending: Id<'fb'> | null; width: number; height: number; frames: number }
    /**
     * The MMU of a GPU: the first table, whether its walker looks into the CPU's caches, and what its registers hold (TRANSTAB 0: switched
     * off). `flushes`: GPU_LATEST_FLUSH_ID, kept where jobs look at it. `rawstat`: MMU_INT_RAWSTAT, one bit for each address space; the two behind it say what the last fault was.
     */
    gpu_mmu: { device: Id<'device'>; pgd: number; walkCoherent: boolean; transtab: number; memattr: number; lockaddr: number; flushes: number; rawstat: number; faultStatus: number; faultAddress: number; faulted: boolean }
    job: {
      device: Id<'device'>
      ops: readonly { readonly op: 'read' | 'write'; readonly gpuVa: number; readonly sizeBytes: number; readonly pattern: string | null }[]
      /** The buffers it names, and holds. */
      gems: readonly Id<'gem'>[]
      /** Next operation and next byte in it. */
      at: number
      offset: number
      /** What JS_CONFIG asks of the GPU's cache before the first and after the last part. */
      startFlush: 'none' | 'clean' | 'cleanInv'
      endFlush: 'none' | 'clean' | 'cleanInv'
      /** GPU_LATEST_FLUSH_ID when it was submitted (JS_FLUSH_ID_NEXT); null: the start flush is never left out. */
      flushId: number | null
      state: 'queued' | 'running' | 'done' | 'faulted'
      /** Its place in the queue of its device. */
      turn: number
      /** Fences that must have signalled before it may begin. */
      waits: readonly Id<'fence'>[]
      fence: Id<'fence'>
    }
    /** `orphans`: frames that a hole was punched for; who had them before still shows them. */
    memfd: { name: string; sizeBytes: number; pages: readonly number[]; orphans: readonly number[]; seals: readonly string[]; pagesUse: number; refcount: number }
  }
}
