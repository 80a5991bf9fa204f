/** What tells an entry of a page table bit by bit, by the id of its format. Only the stage asks for it: the worker comes without. */
import { shelf } from './formats.ts'
import type { Decode } from './walk.ts'

const files: Readonly<Record<string, Decode>> = import.meta.glob<Decode>(['./page-tables/*.ts', '!./page-tables/*.test.ts', '!./page-tables/_*.ts'], { eager: true, import: 'decode' })
export const decoders: Readonly<Record<string, Decode>> = Object.fromEntries(Object.entries(shelf).map(([file, { id }]) => [id, files[file]!]))
