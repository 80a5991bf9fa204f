/** A fault between two stops: who could not go on, which handler of the kernel was asked, and what it answered. */
import { PAGE_SIZE } from '../../base/brand.ts'
import { fill } from '../../base/fill.ts'
import type { RunHeader } from '../../journal/run.ts'
import { BOUNDARY, type Step } from '../../journal/step.ts'
import { SENTENCES } from './sentences-later.ts'

export interface FaultStory {
  readonly who: 'cpu' | 'gpu'
  /** What the hardware reported; null: that was before the stop before. */
  readonly asked: string | null
  /** The function that was asked; null: it has not come to that. */
  readonly handler: string | null
  /** What came back; null: not yet. */
  readonly answer: { readonly text: string; readonly good: boolean } | null
}

type Fields = Readonly<Record<string, unknown>>

/** What the hardware reports, and to whom it goes. */
const ASKED: Readonly<Record<string, Pick<FaultStory, 'who' | 'asked'>>> = {
  'abort.translation': { who: 'cpu', asked: 'translation fault' }, 'abort.permission': { who: 'cpu', asked: 'permission fault' }, 'mmu.fault': { who: 'gpu', asked: 'MMU fault' },
}
const frameText = (header: RunHeader, { frame }: Fields): string => `0x${(header.firstPfn + Number(frame)).toString(16)}`
/** What comes back, and whether that is what was asked for. */
const ANSWERS: readonly (readonly [RegExp, FaultStory['who'], boolean, (fields: Fields, header: RunHeader) => string])[] = [
  [/^fault\.insert$/, 'cpu', true, (fields, header) => fill(SENTENCES.page, { page: frameText(header, fields) })],
  [/^fault\.dirty$/, 'cpu', true, () => 'writable now'],
  [/^fault\.copy$/, 'cpu', true, (fields, header) => fill(SENTENCES.copy, { page: frameText(header, fields) })],
  [/^fault\.refused\.(nothing|access)$/, 'cpu', false, () => 'SIGSEGV'],
  [/^fault\.refused\.page$/, 'cpu', false, () => 'SIGBUS'],
  [/^fault\.(bug|oops)$/, 'cpu', false, () => 'oops'],
  [/^signal\.kill$/, 'cpu', false, ({ signal }) => String(signal)],
  [/^heap\.grow$/, 'gpu', true, () => fill(SENTENCES.pagesMore, { count: (2 ** 21) / PAGE_SIZE })],
  [/^job\.(fault|failed)$/, 'gpu', false, () => 'job stopped'],
]

const handlerOf = ({ stack }: Step): string | null => {
  const kernel = stack.slice(stack.indexOf(BOUNDARY) + 1)
  return kernel.find((fn) => /fault|irq/.test(fn)) ?? null
}

/** The last fault of each side among some steps. */
export function faultsIn(steps: readonly Step[], header: RunHeader): readonly FaultStory[] {
  const found = new Map<FaultStory['who'], FaultStory>()
  for (const step of steps) {
    const event: string = step.event
    const fields = step.fields as Fields
    const asks = ASKED[event]
    if (asks) found.set(asks.who, { ...asks, handler: handlerOf(step), answer: null })
    if (event === 'fault.enter') found.set('cpu', { ...(found.get('cpu') ?? { who: 'cpu', asked: null, answer: null }), handler: handlerOf(step) })
    const answers = ANSWERS.find(([pattern]) => pattern.test(event))
    if (!answers) continue
    const [, who, good, text] = answers
    const known = found.get(who)
    found.set(who, { who, asked: known?.asked ?? null, handler: known?.handler ?? handlerOf(step), answer: { text: text(fields, header), good } })
  }
  return [...found.values()]
}

/** In one line: what went up, to whom, what came down. Where there is less room the earlier parts go first. */
export function faultForms({ asked, handler, answer }: FaultStory): readonly string[] {
  const parts = [asked && `${asked} ↑`, handler && `${handler}()`, answer && `${answer.good ? '↓' : '✗'} ${answer.text}`].filter((part) => part !== null)
  return parts.map((_, i) => parts.slice(i).join(' '))
}
export const faultText = (story: FaultStory): string => faultForms(story)[0] ?? ''
