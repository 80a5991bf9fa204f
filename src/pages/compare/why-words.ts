/** What “Why?” says of memory, as templates: `{name}` is filled in, `**bold**` is the claim. */
import { fill } from '../../base/fill.ts'
import type { Holder, Reader } from '../../journal/holders.ts'
import type { Fault } from '../../journal/why-entry.ts'
import type { Need } from '../../journal/why-line.ts'

export const READERS: Readonly<Record<Reader, string>> = {
  gpu: 'the GPU', display: 'the display', 'cpu.wb': 'a process, through a cached mapping', 'cpu.wc': 'a process, through a write-combined mapping',
}

const HOLDERS = { none: 'nowhere any more', dram: 'in memory', cpu: "in the CPU's cache", gpu: "in the GPU's cache", wc: 'in the write-combine buffer of core {core}' } as const
export const holderText = (holder: Holder | null): string =>
  (holder === null ? HOLDERS.none : holder === 'dram' || holder === 'cpu' || holder === 'gpu' ? HOLDERS[holder] : fill(HOLDERS.wc, { core: holder.slice(3) }))

/** What is missing, and which calls would have done it. */
export const NEEDS: Readonly<Record<Need, { readonly what: string; readonly how: string }>> = {
  clean: { what: "a **clean** of this line in the CPU's cache", how: '`DMA_BUF_IOCTL_SYNC` with END and WRITE, where the exporter cleans in its end hook (`dma_sync_sgtable_for_device`); or a write-combined mapping, which leaves nothing to clean' },
  drain: { what: 'a **drain** of the write-combine buffer', how: 'any system call of that core, `dsb` or `writel` to the doorbell' },
  'gpu-clean': { what: "a **clean of the GPU's cache** when the job ends", how: '`JS_CONFIG_END_FLUSH_CLEAN_INVALIDATE`' },
  invalidate: { what: "an **invalidate** of this line in the CPU's cache, after the fence of the device", how: '`DMA_BUF_IOCTL_SYNC` with START and READ, where the exporter invalidates in its begin hook (`dma_sync_sgtable_for_cpu`)' },
  'gpu-invalidate': { what: "an **invalidate of the GPU's cache** before the job starts", how: '`JS_CONFIG_START_FLUSH_CLEAN_INVALIDATE`' },
  lost: { what: 'nothing: **the newest bytes are lost**', how: 'one owner of a line at a time, and a clean before the other one writes' },
}

export const LINE = {
  untouched: 'No step up to here has touched it.',
  wrote: 'The newest bytes were written by `{call}` ({where}) and are {holders}.',
  fine: '**Nothing is wrong with this line**: everybody who has read it up to here got the newest bytes.',
  read: '**{Reader} read old bytes** in this step. The newest were {holder}.',
  willRead: '**{Reader} will read old bytes**: nothing brings the newest, which are {holder}, to it before that.',
  missing: 'Missing: {what}.',
  how: 'It is done by {how}.',
  between: 'It belongs behind `{after}` and before `{before}`.',
  behind: 'It belongs behind `{after}`.',
  vain: 'This was meant to do it, and did nothing:',
  leftOut: 'In between, this run leaves out:',
  early: 'The last one came too early, before those bytes were written:',
  conflict: "The old copy in the CPU's cache is dirty: **if it leaves the cache, it overwrites the newer bytes** in memory.",
  comes: '{Reader} would read old bytes now; the newest are {holder}, and **this brings them in time**:',
  never: '{Reader} would read old bytes now, but does not read this line again in this run.',
  lost: '**The newest bytes are lost.** This destroyed them:',
} as const

/** `missing`: by the format of the tables, else by whose they are. */
export const ENTRY: Readonly<Record<Fault, { readonly old: string; readonly mends: string; readonly never: string; readonly used: string; readonly missing: Readonly<Record<string, string>> }>> = {
  tlb: {
    old: '**The TLB is out of date**: this changed the tables after it had learnt its entry.',
    mends: '**This makes it forget**, before anybody goes through the old entry:',
    never: 'No step of this run makes it forget.',
    used: '**Somebody went through the old entry** all the same, into a page that the tables no longer lead to:',
    missing: {
      cpu: 'Missing: a TLB invalidate of this address (`TLBI` by VA, then `DSB`), behind the change of the tables and before the page is given to anybody else.',
      gpu: 'Missing: `AS_COMMAND` **FLUSH_PT** over this address, behind the change of the tables and before the page is given to anybody else.',
      etnaviv: 'Missing: a **flush of the MMU in the command stream** before the next commands, behind the change of the tables (`etnaviv_buffer_queue`).',
      v3d: 'Missing: `v3d_mmu_flush_all`, which clears the TLB and the MMU cache, behind the change of the tables and before the page is given to anybody else.',
      iommu: 'Missing: a **zap of the lines of this range** in the IOMMU (`rk_iommu_zap_iova`), behind the change of the tables and before the page is given to anybody else.',
    },
  },
  unseen: {
    old: "**The walker cannot see the entry yet**: it lies dirty in the CPU's cache, and this walker reads memory.",
    mends: '**This cleans it**, before anybody walks there:',
    never: 'No step of this run cleans it.',
    used: '**Somebody walked there before that**:',
    missing: { cpu: '', gpu: "Missing: a clean of the entry's line (`dma_sync_single_for_device`) and a barrier, behind the store of the entry.", iommu: "Missing: a clean of the entry's line (`rk_table_flush`, a `dma_sync_single_for_device`), behind the store of the entry." },
  },
  undrained: {
    old: '**The walker cannot see the entry yet**: it waits in a write-combine buffer of a core, and this walker reads memory.',
    mends: '**This drains it**, before anybody walks there:',
    never: 'No step of this run drains it.',
    used: '**Somebody walked there before that**:',
    missing: { gpu: 'Missing: a barrier (`wmb`, or the `writel` that starts the device) behind the store of the entry.' },
  },
}
export const ENTRY_FINE = '**Nothing is wrong here**: the TLB remembers nothing else than what a walk finds, and the walker sees the entry that was written.'
