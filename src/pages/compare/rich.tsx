/** A caption's two marks: `**bold**` for the claim, backticks for identifiers. */
import { Fragment, type ReactNode } from 'react'

/** Between the parentheses of a split: the pieces that are not plain text. */
const MARKS = /(\*\*[^*]+\*\*|`[^`]+`|\{\w+\})/

/** `parts`: what stands in a hole of the text, where it is no text itself. */
export function Rich({ text, parts = NONE }: { text: string; parts?: Readonly<Record<string, ReactNode>> }): ReactNode {
  return text.split(MARKS).map((part, i) => {
    if (part.startsWith('**')) return <strong key={i}><Rich text={part.slice(2, -2)} parts={parts} /></strong>
    if (part.startsWith('`')) return <code key={i}><Rich text={part.slice(1, -1)} parts={parts} /></code>
    const name = part.startsWith('{') ? part.slice(1, -1) : ''
    return Object.hasOwn(parts, name) ? <Fragment key={i}>{parts[name]}</Fragment> : part
  })
}
const NONE = {}
