/** The whole shelf of variants, for shelves.ts to fetch. What came with the worker already is the same file. */
import type { Files } from './shelves.ts'

export const rest: Files = import.meta.glob<Files[string]>(
  ['../variants/*.ts', '../variants/platforms/*.ts', '!../variants/**/*.test.ts', '!../variants/**/_*.ts'], { eager: true },
)
