/**
 * Transcripts of every scenario under every variant that is told in it, as they lie in golden/. Those of the story are whole; another one says which of these
 * it is most like, and the lines in which it differs (without their numbers). `UPDATE=1 npx vitest run src/scenarios/golden.test.ts` writes
 * them again; read the moved lines before they are committed. What must hold whatever they say is in verdicts.test.ts.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { pairUp } from '../journal/pair.ts'
import { findingsText, transcript } from '../journal/transcript.ts'
import type { Scenario } from '../machine/scenario.ts'
import type { Variant } from '../machine/variant.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { everyday, told, variants } from '../worker/shelves.ts'

const FOLDER = 'src/scenarios/golden'
const update = process.env.UPDATE === '1'
const written = new Set<string>()

const texts = new Map<string, string>()
const nameOf = (scenario: Scenario, variant: Variant): string => `${scenario.id}.${variant.number}`
function textOf(scenario: Scenario, variant: Variant): string {
  const name = nameOf(scenario, variant)
  const known = texts.get(name)
  if (known !== undefined) return known
  const { journal, findings, verdict } = runRecipe({ scenario: scenario.id, variant: variant.number, platform: 'rk3399' })
  const text = `${transcript(journal)}${findingsText(findings)}verdict: ${verdict.glyph} ${verdict.text}\n`
  texts.set(name, text)
  return text
}

const wholes = variants.filter(({ group }) => group === 'The story')

/** A line of its own number: two that differ in nothing else are the same. */
const unnumbered = (text: string): string[] => text.split('\n').map(line => line.replace(/^ *\d+ /, '').replace(/^(finding: .*?) at \d+/, '$1'))
const BY_TEXT = [{ a: (line: string) => line, b: (line: string) => line }]
/** `@` says behind what in the other transcript the lines stand: who, in which call, which event. Numbers of lines would move with every change. */
function differences(like: string, text: string): string {
  const [theirs, ours] = [unnumbered(like), unnumbered(text)]
  const out: string[] = []
  let at = -1
  let told = -2
  for (const [i, j] of pairUp(theirs, ours, BY_TEXT, false)) {
    if (i !== null && j !== null) at = i
    else {
      if (told !== at) out.push(`@ ${/^.*?\w\.\w+/.exec(theirs[told = at] ?? '')?.[0] ?? theirs[at] ?? 'the beginning'}`)
      out.push(j === null ? `- ${theirs[i!]}` : `+ ${ours[j]}`)
    }
  }
  return out.map(line => `${line}\n`).join('')
}
const asDifference = (scenario: Scenario, like: Variant, text: string): string => `as ${nameOf(scenario, like)}, but for:\n${differences(textOf(scenario, like), text)}`

/** What it may be compared with: the story's variants, and earlier ones that are about the same exporter or importer. */
const alike = (scenario: Scenario, { number, parts: { exporter, importer } }: Variant): Variant[] => [
  ...wholes, ...told(scenario).slice(0, told(scenario).findIndex(other => other.number === number))
    .filter(other => !wholes.includes(other) && (other.parts.exporter === exporter && other.parts.importer === importer || other.parts.importer !== 'panfrost' && other.parts.importer === importer)),
]

/** What its file holds: `before` says which transcript it was compared with; to be written again it takes the nearest. */
function fileOf(scenario: Scenario, variant: Variant, before: string | null): string {
  const text = textOf(scenario, variant)
  if (wholes.includes(variant)) return text
  const likes = alike(scenario, variant)
  const named = likes.find(like => before?.startsWith(`as ${nameOf(scenario, like)}, `))
  if (named) return asDifference(scenario, named, text)
  return likes.map(like => asDifference(scenario, like, text)).reduce((best, one) => (one.length < best.length ? one : best))
}

for (const scenario of everyday()) for (const variant of told(scenario)) {
  const name = `${nameOf(scenario, variant)}.txt`
  written.add(name)
  test(name, () => {
    if (update) {
      mkdirSync(FOLDER, { recursive: true })
      writeFileSync(`${FOLDER}/${name}`, fileOf(scenario, variant, null))
      return
    }
    const want = readFileSync(`${FOLDER}/${name}`, 'utf8')
    const text = fileOf(scenario, variant, want)
    if (text === want) return
    const [ours, theirs] = [text.split('\n'), want.split('\n')]
    const at = ours.findIndex((line, i) => line !== theirs[i])
    expect(`line ${at + 1}: ${ours[at]}`, `${name} differs from the golden file; UPDATE=1 writes it again`).toBe(`line ${at + 1}: ${theirs[at]}`)
  })
}

afterAll(() => {
  if (!update) expect(readdirSync(FOLDER).filter(file => !written.has(file)), 'golden files without a scenario or variant').toEqual([])
})
