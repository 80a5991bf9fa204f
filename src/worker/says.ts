/** How events are said: collected from the files that declare them. The page's worker comes with the words of its first run. */
import { calls } from '../userspace/calls.ts'

type Words = Readonly<Record<string, string>>
export type Saying = { readonly says?: Words; readonly default?: unknown }

export const says: Record<string, string> = {}
const ownWords = (file: unknown): Words | undefined => (file as { says?: Words } | undefined)?.says
/** Takes in what files say themselves, and what the one thing says that they are about. */
export const stockSays = (files: Readonly<Record<string, Saying>>): void =>
  void Object.assign(says, ...Object.values(files).flatMap(file => [file.says, ownWords(file.default)]))
/** How each call's own end is said, as `call.leave:open` and `call.leave:open:failed`. */
export function sayCalls(): void {
  for (const { name, done, failed } of Object.values(calls)) {
    if (done !== undefined) says[`call.leave:${name}`] = done
    if (failed !== undefined) says[`call.leave:${name}:failed`] = failed
  }
}

// Without a rest: what only the rest reaches says nothing in a first run (says.test.ts).
stockSays(import.meta.env.SSR
  ? import.meta.glob<Saying>([
    '../hardware/*.ts', '../kernel/**/*.ts', '../userspace/**/*.ts', '../machine/**/*.ts', '!../machine/{random-program,recording}.ts', '!../**/*.test.ts', '!../**/_*.ts',
  ], { eager: true })
  : import.meta.glob<Saying>([
    '../hardware/{cpu-mmu,events,gpu-mmu,tlb}.ts', '../kernel/*.ts', '../kernel/syscalls/{lseek,open,read,recv,recvmsg,send,sendmsg}.ts', '../kernel/drivers/panfrost.ts', '../machine/**/*.ts',
    '../kernel/ioctls/{dma-buf-sync,get-cap,mode-create-dumb,panfrost-create-bo,panfrost-madvise,panfrost-mmap-bo,prime-handle-to-fd}.ts',
    '!../kernel/{forward-mmap,gem-ioctl,gem-pages,ttm-move,vmf-insert,debugfs,heap,udmabuf,memfd-size,mm-change,mm-fork,seals,inode,ttm,vb2}.ts',
    '!../machine/{random-program,recording}.ts', '!../**/*.test.ts', '!../**/_*.ts',
  ], { eager: true }))
sayCalls()
