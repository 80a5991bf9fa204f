/** A range of steps as Markdown: what runs, a line per step under its call, what differs, and how it ends. */
import { lines, type Line } from '../../app/lines.ts'
import { benchName } from '../../app/names.ts'
import { fill } from '../../base/fill.ts'
import { form } from '../form.ts'
import { SENTENCES } from '../sentences.ts'
import { AXES, nameOfRange, partOf, storyTitle, titleOf, type Taking } from '../taking.ts'

const nameOf = ({ benches }: Taking, bench: number): string => benchName(benches[bench]!.recipe, 'free combination')
const cell = (text: string): string => text.replace(/\|/g, '\\|')

const shownBenches = ({ benches, focus }: Taking): number[] => benches.flatMap(({ run }, i) => (run && (focus === null || i === focus) ? [i] : []))

function table(taking: Taking, seen: readonly number[]): string[] {
  const row = (first: string, cells: readonly string[]): string => `| ${[first, ...cells].map(cell).join(' | ')} |`
  return [
    row('', seen.map((bench) => titleOf(taking, bench))), row('---', seen.map(() => '---')),
    ...AXES.map((axis) => row(axis, seen.map((bench) => partOf(taking, bench, axis)))),
    row('ends', seen.map((bench) => {
      const verdict = taking.benches[bench]!.run!.verdict
      return verdict ? `${verdict.glyph} ${verdict.text}` : 'still running'
    })),
  ]
}

function stepLines(taking: Taking, line: Line, seen: readonly number[]): string[] {
  const texts = seen.map((bench) => line.texts[bench] ?? null)
  const mark = taking.marks.find(({ row }) => row === line.at - 1)
  const says = (text: string | null): string => text ?? '*does not do this*'
  const same = texts.every((text) => text === texts[0])
  return [
    ...(line.call === null ? [] : ['', `### ${line.process} \`${line.call}\``, '']),
    `${line.at}. ${mark && seen.length > 1 ? `*${mark.sentence}* ` : ''}${same ? says(texts[0] ?? null) : ''}`.trimEnd(),
    ...(same ? [] : seen.map((bench, i) => `    - **${nameOf(taking, bench)}**: ${says(texts[i]!)}`)),
  ]
}

function hazards(taking: Taking, seen: readonly number[]): string[] {
  const found = seen.flatMap((bench) => taking.benches[bench]!.run!.findings.map(({ known, title, text }) => `- **${nameOf(taking, bench)}**, ${known}: ${title}. ${text}`))
  return found.length === 0 ? [] : ['', '## Hazards seen', '', ...new Set(found)]
}

export default form({
  id: 'markdown', copies: true, order: 30, of: 'range', type: 'text/markdown',
  title: 'Transcript (Markdown)',
  why: 'The steps of a range as sentences, for an issue, a page or notes.',
  file: (taking) => `${nameOfRange(taking)}.md`,
  make(taking) {
    const seen = shownBenches(taking)
    const all = lines(taking.rows, taking.benches, taking.catalog.says).filter(({ at }) => at >= taking.from && at <= taking.to)
    return [
      `# ${storyTitle(taking)}`, '', ...table(taking, seen), '', `## ${fill(SENTENCES.rangeOf, { from: taking.from, to: taking.to, count: taking.rows.length })}`, '',
      ...all.flatMap((line) => stepLines(taking, line, seen)), ...hazards(taking, seen), '', fill(SENTENCES.madeWith, { model: taking.catalog.model, link: taking.link }), '',
    ].join('\n').replace(/\n{3,}/g, '\n\n')
  },
})
