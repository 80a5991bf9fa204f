/** The name of a party and, behind it, the longest sentence of its state that fits. */
import { Words, wordsWidth } from '../glyphs/text.tsx'
import type { Said } from './words.ts'

const SIZE = 13
const SAID = 12
const BETWEEN = 7
/** A space that nobody sees parts the two for who hears them: this much of the distance. */
const SPACE = wordsWidth(' ', SIZE, 650)
const FILLS = { quiet: 'var(--dim)', dirty: 'var(--ink)', bad: 'var(--bad)' } as const
const WEIGHTS = { quiet: 400, dirty: 600, bad: 650 } as const

/** The longest of some forms that fits a width; the last one if none does. */
export function fitting(forms: readonly string[], width: number, size: number, weight = 400): string {
  return forms.find((form) => wordsWidth(form, size, weight) <= width) ?? forms.at(-1) ?? ''
}

/** Room kept for the state, whatever it is, so that the name never changes with it. */
const KEPT = 56

export function Title({ x, y, width, names, said, fill = 'var(--ink)' }: {
  readonly x: number
  readonly y: number
  readonly width: number
  /** Longest first. */
  readonly names: readonly string[]
  readonly said: Said | null
  readonly fill?: string
}) {
  const name = fitting(names, width - (said ? KEPT : 0), SIZE, 650)
  const left = width - wordsWidth(name, SIZE, 650) - BETWEEN
  const text = said ? fitting(said.forms, left, SAID, WEIGHTS[said.tone]) : ''
  const fits = said !== null && text !== '' && wordsWidth(text, SAID, WEIGHTS[said.tone]) <= left
  return (
    <Words x={x} y={y} size={SIZE} weight={650} fill={fill}>
      {name}
      {fits && ' '}
      {fits && <tspan dx={BETWEEN - SPACE} fontSize={SAID} fontWeight={WEIGHTS[said.tone]} fill={FILLS[said.tone]}>{text}</tspan>}
      {said && said.forms[0] !== '' && <title>{`${names[0]}: ${said.forms[0]}`}</title>}
    </Words>
  )
}
