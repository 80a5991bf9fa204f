/** All chapters, in the order of their file names. */
import type { Chapter } from './chapter.ts'

const files = import.meta.glob<{ default: Chapter }>(['./*.tsx', '!./*.test.tsx', '!./_*.tsx'], { eager: true })
export const chapters: readonly Chapter[] = Object.keys(files).sort().map((file) => files[file]!.default)

export const chapterOf = (scenario: string): Chapter | undefined => chapters.find((each) => each.scenario === scenario)
