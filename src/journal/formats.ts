/** The shelf of page-table formats, by id: what walks them. */
import type { TableFormat } from './walk.ts'

/** By file. */
export const shelf: Readonly<Record<string, TableFormat>> = import.meta.glob<TableFormat>(['./page-tables/*.ts', '!./page-tables/*.test.ts', '!./page-tables/_*.ts'], { eager: true, import: 'default' })
export const formats: Readonly<Record<string, TableFormat>> = Object.fromEntries(Object.values(shelf).map(format => [format.id, format]))
