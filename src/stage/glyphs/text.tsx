/** Text in a drawing: words in Inter, identifiers in JetBrains Mono, and how much of either fits a width. */
import { memo, type ReactNode, type SVGProps } from 'react'

export interface TextProps extends Omit<SVGProps<SVGTextElement>, 'ref'> {
  readonly x: number
  /** Of the baseline. */
  readonly y: number
  readonly size?: number
  readonly weight?: number
  /** A token of theme.css, as `var(--ink)`. */
  readonly fill?: string
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly children: ReactNode
}

/** Most texts of a drawing say the same at the next step, and are then left alone. */
const textIn = (family: string) => memo(function Text({ size = 13, weight = 400, fill = 'var(--ink)', anchor, children, ...rest }: TextProps) {
  return <text fontFamily={family} fontSize={size} fontWeight={weight} fill={fill} textAnchor={anchor} xmlSpace="preserve" {...rest}>{children}</text>
})

export const Words = textIn('var(--words)')
export const Mono = textIn('var(--mono)')
/** The name of a floor or of a part of it. */
export const Label = (props: TextProps) => <Words size={11} weight={650} fill="var(--dim)" letterSpacing="0.06em" {...props} />

/** Every glyph of JetBrains Mono is this wide, in parts of the size. */
export const MONO_EM = 0.6
/** Inter's letters by width, in parts of the size; what is in no class is MIDDLE. */
const CLASSES: readonly (readonly [string, number])[] = [
  ["ijl|!.,:;'`I", 0.29], ['ftr()[]{}/\\ -"*', 0.37], ['mwMW@%→—', 0.9], ['ABCDEGHKNOPQRSTUVXYZ&', 0.69],
]
const MIDDLE = 0.57
const WIDTHS: ReadonlyMap<string, number> = new Map(CLASSES.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)))

export const monoWidth = (text: string, size: number): number => text.length * MONO_EM * size
/** Close enough to lay out by; bold letters are about a twentieth wider. */
export const wordsWidth = (text: string, size: number, weight = 400): number =>
  [...text].reduce((sum, letter) => sum + (WIDTHS.get(letter) ?? MIDDLE), 0) * size * (weight > 500 ? 1.06 : 1)

/** As much of a line of identifiers as fits, with an ellipsis where something is missing. */
export function clipMono(text: string, width: number, size: number): string {
  const most = Math.floor(width / (MONO_EM * size))
  return text.length <= most ? text : most < 2 ? '' : `${text.slice(0, most - 1)}…`
}

export function clipWords(text: string, width: number, size: number, weight = 400): string {
  if (wordsWidth(text, size, weight) <= width) return text
  let end = text.length
  while (end > 0 && wordsWidth(`${text.slice(0, end)}…`, size, weight) > width) end--
  return end === 0 ? '' : `${text.slice(0, end).trimEnd()}…`
}

/** Words broken into lines of at most a width; the last of `most` lines says when more would follow. */
export function wrapWords(text: string, width: number, size: number, most: number, measure = wordsWidth): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && measure(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${lines[most - 1]!}…`]
}
