/**
 * Transcripts of every scenario under every variant, as they lie in golden/. `UPDATE=1 npx vitest run src/scenarios` writes them
 * again; read the moved lines before they are committed. What must hold whatever they say is in verdicts.test.ts.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { findingsText, transcript } from '../journal/transcript.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { scenarios, variants } from '../worker/shelves.ts'

const FOLDER = 'src/scenarios/golden'
const update = process.env.UPDATE === '1'
const written = new Set<string>()

for (const scenario of scenarios) for (const variant of variants) {
  const name = `${scenario.id}.${variant.number}.txt`
  written.add(name)
  test(name, () => {
    const { journal, findings, verdict } = runRecipe({ scenario: scenario.id, variant: variant.number, platform: 'rk3399' })
    const text = `${transcript(journal)}${findingsText(findings)}verdict: ${verdict.glyph} ${verdict.text}\n`
    if (update) {
      mkdirSync(FOLDER, { recursive: true })
      writeFileSync(`${FOLDER}/${name}`, text)
      return
    }
    const want = readFileSync(`${FOLDER}/${name}`, 'utf8')
    if (text === want) return
    const [ours, theirs] = [text.split('\n'), want.split('\n')]
    const at = ours.findIndex((line, i) => line !== theirs[i])
    expect(`line ${at + 1}: ${ours[at]}`, `${name} differs from the golden file; UPDATE=1 writes it again`).toBe(`line ${at + 1}: ${theirs[at]}`)
  })
}

afterAll(() => {
  if (!update) expect(readdirSync(FOLDER).filter(file => !written.has(file)), 'golden files without a scenario or variant').toEqual([])
})
