/** How a run goes, in the address: `mode=random&seed=7`, `mode=explore&picks=12:3.40:1`, `lines=2`. One value each for a bench. */
import { fill } from '../base/fill.ts'
import { picksText, readPicks } from '../journal/picks.ts'
import { MODES, type Recipe } from '../journal/run.ts'
import type { Odd } from './odd.ts'
import { SENTENCES } from './sentences.ts'

export const MANNERS = ['mode', 'seed', 'lines', 'picks'] as const
type Manner = (typeof MANNERS)[number]

/** A small buffer is a page at most. */
const MOST_LINES = 64
const whole = (text: string, most: number): number | null => (/^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : null)

/** As the address has it; undefined: nothing is said. */
export function mannerText(recipe: Recipe, key: Manner): string | undefined {
  if (key === 'picks') return recipe.picks && recipe.mode === 'explore' ? picksText(recipe.picks) || undefined : undefined
  const value = recipe[key]
  return value === undefined || value === 'scripted' ? undefined : String(value)
}

/** What an address says of it; what cannot be read is told to `odd`. */
export function readManner(cell: (key: string) => string | undefined, odd: Odd[]): Partial<Recipe> {
  const found: { -readonly [key in keyof Recipe]?: Recipe[key] } = {}
  const [mode, seed, lines, picks] = MANNERS.map(cell)
  const known = MODES.find((each) => each === mode)
  if (mode !== undefined && !known) odd.push(['noMode', { wanted: mode }])
  if (known && known !== 'scripted') found.mode = known
  if (seed !== undefined && known === 'random') found.seed = whole(seed, 0xffff_ffff) ?? (odd.push(['noSeed', { wanted: seed }]), 1)
  if (lines !== undefined) {
    const many = whole(lines, MOST_LINES)
    if (many) found.lines = many
    else odd.push(['noLines', { wanted: lines }])
  }
  if (picks !== undefined && known === 'explore') {
    const read = readPicks(picks)
    if (read) found.picks = read
    else odd.push(['noPicks', {}])
  }
  return found
}

export const MANNER_NAMES = { scripted: 'as written', lazy: 'never', random: 'by chance', explore: 'a run that the search found' } as const
/** Who says what hardware does by itself, in a word. */
export const mannerName = ({ mode = 'scripted', seed = 1 }: Recipe): string => (mode === 'random' ? fill(SENTENCES.byChance, { seed }) : MANNER_NAMES[mode])
