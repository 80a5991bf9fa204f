/** The shelf of page-table formats, by id: what walks them, and what tells an entry bit by bit. */
import type { Decode, TableFormat } from './walk.ts'

const shelf: Readonly<Record<string, TableFormat>> = import.meta.glob<TableFormat>(['./page-tables/*.ts', '!./page-tables/*.test.ts', '!./page-tables/_*.ts'], { eager: true, import: 'default' })
const tellers: Readonly<Record<string, Decode>> = import.meta.glob<Decode>(['./page-tables/*.ts', '!./page-tables/*.test.ts', '!./page-tables/_*.ts'], { eager: true, import: 'decode' })

export const formats: Readonly<Record<string, TableFormat>> = Object.fromEntries(Object.values(shelf).map(format => [format.id, format]))
export const decoders: Readonly<Record<string, Decode>> = Object.fromEntries(Object.entries(shelf).map(([file, { id }]) => [id, tellers[file]!]))
