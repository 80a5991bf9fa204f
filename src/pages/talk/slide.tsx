/** One slide: titles, the benches with one floor enlarged, a legend, a sentence, and how far the talk has come. In units of a canvas. */
import type { CSSProperties } from 'react'
import { captionsAt } from '../../app/captions.ts'
import { leadOf } from '../../app/differences.ts'
import type { Shown } from '../../app/frames.ts'
import { benchNames, variantOf } from '../../app/names.ts'
import { useStore, VERDICT_TONES } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { listed } from '../../base/listed.ts'
import { frameOf } from '../../stage/frame.ts'
import type { Places } from '../../stage/places.ts'
import type { Floor, Select } from '../../stage/scene.ts'
import { ENLARGED } from '../../stage/talk/floors.ts'
import { floorShown } from '../../stage/talk/focus.ts'
import { TalkBench } from '../../stage/talk/talk-bench.tsx'
import { SENTENCES as SHARED } from '../compare/sentences.ts'
import { useStages } from '../compare/shown.ts'
import { useMotion, useSize } from '../compare/stage-host.tsx'
import { LINES, LONG_LINES, SHORT_LINES } from './fit-sentence.ts'
import { Legend } from './legend.tsx'
import { onSlide } from './on-slide.ts'
import { Progress } from './progress.tsx'
import { Sentence } from './sentence.tsx'
import { toldAt } from './stops.ts'
import './slide.css'

/** Of what everything is measured in: a projector, or a screen that stands upright. */
const CANVAS = { wide: { w: 1920, h: 1080 }, tall: { w: 720, h: 1300 } } as const
const MARGIN = 60

export function Slide({ onSelect }: { onSelect: Select }) {
  const [ref, size] = useSize()
  const tall = size !== null && size.w < size.h
  const canvas = CANVAS[tall ? 'tall' : 'wide']
  const unit = size ? Math.min(size.w / canvas.w, size.h / canvas.h) : 0
  return (
    <div className="slide" ref={ref} data-tall={tall} style={{ '--u': `${unit}px` } as CSSProperties}>
      {size && <Content unit={unit} width={size.w / unit - 2 * MARGIN} tall={tall} onSelect={onSelect} />}
    </div>
  )
}

function Content({ unit, width, tall, onSelect }: { unit: number; width: number; tall: boolean; onSelect: Select }) {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const marks = useStore((now) => now.marks)
  const catalog = useStore((now) => now.catalog)
  const focused = useStore((now) => now.focus)
  const turned = useStore((now) => now.bench)
  const t = useMotion()
  const { shown, differs, places, says } = useStages()
  const only = tall ? Math.min(turned, benches.length - 1) : focused
  const visible = onSlide(benches.length, only, marks)
  const floor = floorShown(at === 0 ? [] : toldAt({ benches, rows }, at).filter((_, bench) => visible.includes(bench)), places)
  const mark = marks.find((each) => each.row === at - 1)
  const [left, right] = visible
  const parts = mark?.kind === 'first' && right !== undefined && mark.sides[left!] !== mark.sides[right]
  const key = rows[at - 1]?.key ?? ''
  const texts = captionsAt(shown, benches, key, says)
  const names = benchNames(benches.map(({ recipe }) => recipe))
  const scenario = catalog?.scenarios.find(({ id }) => id === benches[0]!.recipe.scenario)
  const platform = catalog?.platforms.find(({ id }) => id === benches[0]!.recipe.platform)
  const lead = mark ? leadOf(mark, benches, key) : null
  return (
    <>
      <h1 className={visible.length > 1 ? 'unseen' : 'slide-title'}>{scenario?.title ?? 'Bufscope'}</h1>
      <div className="slide-benches" data-count={visible.length} data-parts={parts} data-focus={floor}>
        {visible.map((bench) => (
          <section className="slide-bench" key={bench} aria-label={fill(SHARED.bench, { number: bench + 1, name: names[bench]! })} data-gap={shown[bench]?.gap ?? false}>
            <Title bench={bench} name={names[bench]!} gap={shown[bench]?.gap ?? false} platform={platform?.title ?? ''} ended={at > 0 && at === rows.length} />
            <Room shown={shown[bench] ?? null} t={t} places={places} differs={differs} focus={floor} unit={unit} says={says} onSelect={onSelect} />
          </section>
        ))}
        {parts && <p className="slide-parts"><strong>{lead!.replace(/:.*/, '.')}</strong></p>}
      </div>
      <Legend floor={floor} two={visible.length > 1} caches={visible.length === 1 && !tall} absent={visible.length > 1 ? listed(names.filter((_, bench) => !visible.includes(bench))) : ''} />
      <Sentence at={at} count={rows.length} lead={lead} width={width} lines={tall ? SHORT_LINES : visible.length === 1 ? LONG_LINES : LINES} said={visible.map((bench) => ({ name: names[bench]!, text: texts[bench] ?? '', gap: shown[bench]?.gap ?? false }))} alone={only !== null && benches.length > 1} />
      <Progress />
    </>
  )
}

function Title({ bench, name, gap, platform, ended }: { bench: number; name: string; gap: boolean; platform: string; ended: boolean }) {
  const catalog = useStore((now) => now.catalog)
  const { recipe, run, problem, busy } = useStore((now) => now.benches[bench]!)
  const verdict = ended ? run?.verdict : null
  const variant = variantOf(catalog, recipe)
  return (
    <header aria-busy={busy}>
      <h2>{name}{variant && ` · ${variant.title}`}</h2>
      <p>{problem ? problem.message : verdict ? <strong className="slide-verdict" data-tone={VERDICT_TONES[verdict.glyph]}>{verdict.glyph} {verdict.text}</strong> : gap ? <span className="slide-gap">does not do this</span> : <><code>{recipe.flags ? catalog?.flags.find(({ id }) => id === recipe.flags)?.title : variant?.shows}</code>{platform && <span> · {platform}</span>}</>}</p>
    </header>
  )
}

function Room({ shown, t, places, differs, focus, unit, says, onSelect }: {
  shown: Shown | null; t: number; places: Places; differs: ReadonlySet<string>; focus: Floor; unit: number; says: Readonly<Record<string, string>>; onSelect: Select
}) {
  const selected = useStore((now) => now.selected)
  const [ref, size] = useSize()
  const scale = ENLARGED * unit
  return (
    <div className="slide-room" ref={ref}>
      {size && shown && size.h > 0 && <TalkBench frame={frameOf(shown, t, { places, says, differs, selected })} size={{ w: size.w / scale, h: size.h / scale }} scale={scale} focus={focus} onSelect={onSelect} />}
    </div>
  )
}
