/** The functions of the kernel that are running, outermost first, and under them what a check said no to. */
import { fill } from '../../base/fill.ts'
import { BOUNDARY } from '../../journal/step.ts'
import { Check, checkHeight } from '../glyphs/check.tsx'
import { clipMono, Mono, Words } from '../glyphs/text.tsx'
import { NO_PAST } from '../past.ts'
import { layoutsOf } from '../references.ts'
import { scene } from '../scene.ts'
import type { Frame } from '../frame.ts'
import { SENTENCES } from '../sentences.ts'

/** Kernel functions of a step. Without a boundary in the stack of a process all of them are user space; what a device sets off has none. */
function kernelStack({ step }: Frame): readonly string[] {
  if (!step) return []
  const at = step.stack.indexOf(BOUNDARY)
  return at >= 0 ? step.stack.slice(at + 1) : step.actor.startsWith('task:') ? [] : step.stack
}

const TITLES: Readonly<Record<string, string>> = { gpu: 'interrupt of the GPU', display: 'interrupt of the display' }

/** The lines that fit: the outermost, a mark for what is left out, and the innermost ones. */
export function elide(functions: readonly string[], most: number): { readonly depth: number; readonly name: string | null; readonly left: number }[] {
  const all = functions.map((name, depth) => ({ depth, name: name as string | null, left: 0 }))
  if (all.length <= most) return all
  if (most < 3) return all.slice(-most).map((line, depth) => ({ ...line, depth }))
  const tail = Math.max(1, most - 2)
  const left = all.length - 1 - tail
  return [all[0]!, { depth: 1, name: null, left }, ...all.slice(-tail).map((line, i) => ({ ...line, depth: i + 2 }))]
}

/** A refusal and the size of its letters: whole where there is room for all of it, else its claim, as on a phone. The caption under the stage says the rest. */
function saidIn(refusal: string, sizes: readonly number[], compact: boolean, fits: (text: string, size: number) => boolean): readonly [string, number] {
  const claim = refusal.split('**').slice(0, 2).join('**').concat('**')
  const forms = (compact ? [claim] : [refusal, claim]).flatMap((text) => sizes.map((size) => [text, size] as const))
  return forms.find(([text, size]) => fits(text, size)) ?? forms.at(-1)!
}

export default scene({
  id: 'call-chain',
  title: 'Functions that run',
  floor: 'kernel',
  order: 10,
  draw: ({ frame, floors, compact }) => {
    const { kernel } = layoutsOf(frame, floors, compact)
    const { chain, roomy } = kernel
    const functions = kernelStack(frame)
    if (functions.length === 0) return null
    const { refusal } = frame.past ?? NO_PAST
    const refused = refusal !== null
    const size = compact ? 13 : roomy ? 12 : 11
    const lineH = compact ? 18 : roomy ? 15.5 : 13
    const head = roomy ? 17 : 0
    const least = compact ? 1 : Math.min(functions.length, 2)
    const room = chain.h - head - least * lineH - 6
    const [sentence, said] = saidIn(refusal ?? '', compact ? [13.5, 12] : roomy ? [13] : [11.5], compact, (text, letters) => checkHeight(text, chain.w, letters) <= room + 1)
    const checkH = refused ? Math.min(checkHeight(sentence, chain.w, said), room) : 0
    const most = Math.max(least, Math.floor((chain.h - head - (refused ? checkH + 6 : 0)) / lineH))
    const lines = elide(functions, most)
    const indent = roomy ? 8 : 6
    const y0 = chain.y + head
    return (
      <>
        {roomy && <Words x={chain.x} y={chain.y + 10} size={11} weight={600} fill="var(--dim)">{TITLES[frame.step?.actor ?? ''] ?? 'call chain'}</Words>}
        {lines.map(({ depth, name, left }, i) => {
          const last = i === lines.length - 1
          const x = chain.x + Math.min(depth, 8) * indent
          const text = name === null ? fill(SENTENCES.andMore, { count: left }) : `${depth > 0 && roomy ? '└ ' : ''}${name}()`
          return (
            <Mono key={i} x={x} y={y0 + (i + 0.78) * lineH} size={size} weight={last ? 700 : 400} fill={last ? (refused ? 'var(--bad)' : 'var(--ink)') : 'var(--dim)'} data-fn={name ?? undefined}>
              {clipMono(text, chain.x + chain.w - x, size)}
            </Mono>
          )
        })}
        {refusal !== null && <Check x={chain.x} y={y0 + lines.length * lineH + 5} w={chain.w} h={checkH} text={sentence} size={said} />}
      </>
    )
  },
})
