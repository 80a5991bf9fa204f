/** What a reader of chapters has read, and has predicted, in this browser. It is kept here and goes nowhere. */
import { create } from 'zustand'
import { keep, kept } from './keep.ts'

export interface Mark {
  /** Paragraphs that were read, from 0, in their order. */
  readonly read: readonly number[]
  /** What the reader predicted last, by the name of the choice, and whether the machine said so too; null: nothing yet. */
  readonly predicted: { readonly choice: string; readonly right: boolean } | null
}
/** By the name of a chapter. */
export type Marks = Readonly<Record<string, Mark>>

export const READ_KEY = 'bufscope.read'
const NONE: Mark = { read: [], predicted: null }

export const useMarks = create<{ readonly marks: Marks }>(() => ({ marks: stored() ?? {} }))
export const markOf = (marks: Marks, chapter: string): Mark => (Object.hasOwn(marks, chapter) ? marks[chapter]! : NONE)

export const markRead = (chapter: string, paragraph: number): void =>
  change(chapter, (mark) => (mark.read.includes(paragraph) ? mark : { ...mark, read: [...mark.read, paragraph].sort((a, b) => a - b) }))
export const markPredicted = (chapter: string, choice: string, right: boolean): void => change(chapter, (mark) => ({ ...mark, predicted: { choice, right } }))
export const forgetMarks = (): void => put({})

/** Whether the storage has what the page has. */
let isKept = true

/** Another tab may have written since. */
function change(chapter: string, how: (mark: Mark) => Mark): void {
  const marks = (isKept ? stored() : null) ?? useMarks.getState().marks
  const before = markOf(marks, chapter)
  const after = how(before)
  if (after !== before || marks !== useMarks.getState().marks) put({ ...marks, [chapter]: after })
}

function put(marks: Marks): void {
  useMarks.setState({ marks })
  isKept = keep(READ_KEY, JSON.stringify(marks))
}

/** What is kept, as far as it can be read; null: there is no storage. */
function stored(): Marks | null {
  const text = kept(READ_KEY)
  return text === undefined ? null : marksIn(text)
}

/** Whatever somebody's browser holds: what is no mark is left out. */
export function marksIn(text: string | null): Marks {
  let found: unknown = null
  try {
    found = JSON.parse(text ?? '{}')
  } catch {
    // It was cut, or is somebody else's.
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return {}
  return Object.fromEntries(Object.entries(found).flatMap(([chapter, mark]): [string, Mark][] => {
    if (typeof mark !== 'object' || mark === null) return []
    const { read, predicted } = mark as { read?: unknown; predicted?: { choice?: unknown; right?: unknown } | null }
    return [[chapter, {
      read: Array.isArray(read) ? [...new Set(read.filter((each): each is number => Number.isInteger(each) && each >= 0))].sort((a, b) => a - b) : [],
      predicted: typeof predicted?.choice === 'string' ? { choice: predicted.choice, right: predicted.right === true } : null,
    }]]
  }))
}
