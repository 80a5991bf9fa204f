/** All chapters, in the order of their file names. Only the reading page imports this, so that nothing of it is in the first load. */
import type { ChapterText } from './chapter.ts'

export interface Chapter extends ChapterText {
  /** Its name in an address: the file's without its number. */
  readonly id: string
}

const files = import.meta.glob<{ default: ChapterText }>(['./[0-9]*.ts', '!./*.test.ts', '!./_*.ts'], { eager: true })
export const chapters: readonly Chapter[] = Object.keys(files).sort().map((file) => ({ id: file.replace(/^.*\/\d+-|\.ts$/g, ''), ...files[file]!.default }))
