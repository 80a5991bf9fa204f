/** The stories that the main page tells, in the order of their file names. */
import type { Story } from './story.ts'

const files = import.meta.glob<{ default: Story }>(['./stories/*.tsx', '!./stories/*.test.tsx', '!./stories/_*.tsx'], { eager: true })
export const stories: readonly Story[] = Object.keys(files).sort().map((file) => files[file]!.default)

export const storyOf = (scenario: string): Story | undefined => stories.find((each) => each.scenario === scenario)
