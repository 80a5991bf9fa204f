/** How events are said: collected from the files that declare them. The page's worker comes with the words of its first run. */
import { drivers } from '../kernel/boot.ts'
import { ioctls } from '../kernel/syscalls/ioctl.ts'
import { syscalls } from '../kernel/trap.ts'
import { calls } from '../userspace/calls.ts'

type Words = Readonly<Record<string, string>>
export type Saying = { readonly says?: Words; readonly default?: unknown }

export const says: Record<string, string> = {}
const ownWords = (file: unknown): Words | undefined => (file as { says?: Words } | undefined)?.says
/** Takes in what files say themselves, and what the one thing says that they are about. */
export const stockSays = (files: Readonly<Record<string, Saying>>): void =>
  void Object.assign(says, ...Object.values(files).flatMap(file => [file.says, ownWords(file.default)]))
/** What lies on the shelves of the kernel says its own words; and how each call's end is said, as `call.leave:open` and `call.leave:open:failed`. */
export function sayShelves(): void {
  Object.assign(says, ...[syscalls, ioctls, drivers].flatMap(shelf => Object.values(shelf).map(ownWords)))
  for (const { name, done, failed } of Object.values(calls)) {
    if (done !== undefined) says[`call.leave:${name}`] = done
    if (failed !== undefined) says[`call.leave:${name}:failed`] = failed
  }
}

// Of the page's files the words alone are taken (first-run.test.ts tells which are missing): by the names of all their exports a build would keep what nobody uses.
if (import.meta.env.SSR) {
  stockSays(import.meta.glob<Saying>([
    '../hardware/*.ts', '../kernel/**/*.ts', '../userspace/**/*.ts', '../machine/**/*.ts', '!../machine/{random-program,recording}.ts', '!../**/*.test.ts', '!../**/_*.ts',
  ], { eager: true }))
} else {
  Object.assign(says, ...Object.values(import.meta.glob<Words>([
    '../hardware/{cpu-mmu,events,gpu-mmu,tlb}.ts', '../kernel/drivers/panfrost.ts', '../machine/{prog,say-core}.ts', '../machine/actors/{display,gpu}.ts', '../userspace/mesa/bo.ts',
    '../kernel/{access,again,boot,crtc,dma-alloc,dma-buf,dma-buf-poll,dma-map,drm-file,fault,fence,file,framebuffer,gem,gem-dma,gem-dma-mmap,gem-mmap,gem-vm,gem-wait,gpu-va,io-pgtable}.ts',
    '../kernel/{job,limits,log,mailbox,memfd,memfd-mmap,mm,mmap-bo,page,panfrost-mmu,pgtable,prime,punch-hole,resv,says,shmem,shmem-mmap,sync-file,task,trap,vma,vma-offset}.ts',
  ], { eager: true, import: 'says' })))
}
sayShelves()
