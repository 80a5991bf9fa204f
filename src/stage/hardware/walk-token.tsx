/** A walk in a few words, where there is no room for more: from where to which page, and whether the TLB agrees. From close it is whole. */
import { Words, wordsWidth } from '../glyphs/text.tsx'
import { colour, ground } from '../hue.ts'
import type { Frame } from '../frame.ts'
import type { Box } from '../places.ts'
import { fitting } from './title.tsx'
import type { Subject } from './walk-subjects.ts'
import { Bolt, hueOfWalk } from './walk-strip.tsx'
import { addressText, labelOf, leafWords, pageText, tlbWords, walkView, type WalkView } from './walks.ts'

const SIZE = 11
const BOLT = 14

/** Longest first. That a TLB is out of date is the last thing to give way. */
function formsOf(view: WalkView): string[] {
  const addr = addressText(view.addr)
  const { phys } = view.walk
  const { bad, forms } = tlbWords(view)
  const tlb = forms.at(-1)!
  const leaf = phys === null ? 'no entry' : `${pageText(phys)} ${leafWords(view)}`
  if (bad) return [`${addr} → ${leaf}, ${tlb}`, `→ ${leaf}, ${tlb}`, tlb]
  return [`${addr} → ${leaf}, ${tlb}`, `${addr} → ${leaf}`, `→ ${leaf}`, phys === null ? leaf : `→ ${pageText(phys)}`]
}

export function WalkToken({ frame, subject, lit, box, name }: { readonly frame: Frame; readonly subject: Subject | null; readonly lit: boolean; readonly box: Box; readonly name: string }) {
  const view = subject && walkView(frame, subject)
  const base = box.y + 12
  if (!view) return <Words x={box.x} y={base} size={SIZE} weight={650} fill="var(--dim)">{name}{' '}<tspan dx="1.5" fontWeight={400}>not mapped</tspan></Words>
  const hue = hueOfWalk(frame.header, view)
  const { bad } = tlbWords(view)
  const label = labelOf(view)
  const broken = bad || view.walk.phys === null
  const left = box.w - wordsWidth(label, SIZE, 650) - 5 - (bad ? BOLT : 0)
  return (
    <g>
      {lit && <rect x={box.x - 4} y={box.y} width={box.w} height={box.h} rx={4} fill={ground(hue)} stroke={colour(hue)} />}
      <Words x={box.x} y={base} size={SIZE} weight={650} fill={colour(hue)}>
        {label}{' '}<tspan dx="1.5" fontWeight={broken ? 650 : 400} fill={broken ? 'var(--bad)' : 'var(--ink)'}>{fitting(formsOf(view), left, SIZE, broken ? 650 : 400)}</tspan>
      </Words>
      {bad && <Bolt x={box.x + box.w - 12} y={box.y + box.h / 2} />}
    </g>
  )
}
