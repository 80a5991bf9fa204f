/** The Gallery page: every scene by itself, at the moments at which it has most to show. What is drawn wrong is seen here first. */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { STORY, write } from '../../app/address.ts'
import { makeSeekers, shownAt } from '../../app/frames.ts'
import { lookAt } from '../../app/gallery.ts'
import { fill } from '../../base/fill.ts'
import type { Catalog, Journal, Recipe } from '../../journal/run.ts'
import { FLOOR_NAMES } from '../../stage/bench.tsx'
import { floorsOf, type Size } from '../../stage/floors.ts'
import { frameOf, type Frame } from '../../stage/frame.ts'
import { Patterns } from '../../stage/glyphs/patterns.tsx'
import { placesOf } from '../../stage/places.ts'
import { FLOORS, type Scene } from '../../stage/scene.ts'
import { fetchLater, useScenes } from '../../stage/shelf.ts'
import { usePhone } from '../compare/phone.tsx'
import { SidePage } from '../compare/side-page.tsx'
import './gallery.css'
import { moments, momentsOf, stepOf, type StoredStep } from './moments.ts'
import { SENTENCES } from './sentences.ts'

/** Two stand side by side on a wide screen. */
const WIDE: Size = { w: 870, h: 690 }
const PHONE: Size = { w: 390, h: 505 }

const LEAD = 'Every scene of the stage by itself, at moments of real runs at which it has most to show. Each picture is a link to its moment.'

const keyOf = (recipe: Recipe): string => JSON.stringify(recipe)
const recipes = [...new Map(moments.map(({ recipe }) => [keyOf(recipe), recipe])).values()]

type Looked = ReadonlyMap<string, Frame | null>

/** The moment as a frame, with nothing selected and nothing to differ from; null: the run does not do it. */
function frameAt(journal: Journal, moment: StoredStep, says: Catalog['says']): Frame | null {
  const step = stepOf(journal.steps, moment)
  if (!step) return null
  return frameOf(shownAt(journal, makeSeekers(journal), step.seq - 1, step.seq), moment.t ?? 1, { places: placesOf([journal]), says, differs: new Set(), selected: null })
}

export default function Gallery() {
  const [frames, setFrames] = useState<Looked>(new Map())
  const [problem, setProblem] = useState<string | null>(null)
  const [whole, setWhole] = useState(false)
  const scenes = useScenes()
  useEffect(() => {
    let says: Catalog['says'] = {}
    void fetchLater().then(() => setWhole(true))
    const stop = lookAt(recipes, {
      catalog: (catalog) => { says = catalog.says },
      run(recipe, journal) {
        const here = moments.filter((moment) => keyOf(moment.recipe) === keyOf(recipe)).map((moment) => [moment.id, frameAt(journal, moment, says)] as const)
        setFrames((known) => new Map([...known, ...here]))
      },
      problem: setProblem,
    })
    return stop
  }, [])
  const busy = (!whole || frames.size < moments.length) && problem === null
  const all = FLOORS.flatMap((floor) => scenes[floor])
  return (
    <SidePage name="Gallery" title="Bufscope: gallery" className="gallery" busy={busy} problem={problem} lead={LEAD}>
      {/* All at once: what comes one by one moves what is there. */}
      {busy ? <p role="status">{SENTENCES.drawing}</p> : all.map((scene) => <Shelf key={scene.id} scene={scene} frames={frames} />)}
    </SidePage>
  )
}

function Shelf({ scene, frames }: { scene: Scene; frames: Looked }) {
  return (
    <section aria-labelledby={`scene-${scene.id}`} data-scene={scene.id} data-floor={scene.floor}>
      <h2 id={`scene-${scene.id}`}>{scene.title} <small>{FLOOR_NAMES[scene.floor].toLowerCase()}</small></h2>
      <div className="pictures">
        {momentsOf(scene.id).map((moment) => <Picture key={moment.id} scene={scene} moment={moment} frame={frames.get(moment.id)} />)}
      </div>
    </section>
  )
}

const link = ({ recipe }: StoredStep, { step, header }: Frame): string => write({ ...STORY, recipes: [recipe], depth: 'detail', step: step!.seq - header.start + 1 })

function Picture({ scene, moment, frame }: { scene: Scene; moment: StoredStep; frame: Frame | null | undefined }) {
  if (frame === null) return <p className="problem" role="alert">{fill(SENTENCES.noMoment, { title: moment.title, event: moment.event })}</p>
  return (
    <figure data-moment={moment.id}>
      {/* To look at: what can be chosen in a drawing has nothing to open here. */}
      {frame ? <div inert aria-hidden><Drawing scene={scene} frame={frame} /></div> : <div className="awaited" />}
      <figcaption>{frame ? <a href={link(moment, frame)}>{moment.title}</a> : moment.title}</figcaption>
    </figure>
  )
}

/** Around what is drawn, in pixels. */
const MARGIN = 10

/** One scene, in the room that its drawing takes. */
const Drawing = memo(function Drawing({ scene, frame }: { scene: Scene; frame: Frame }) {
  const compact = usePhone()
  const drawn = useRef<SVGGElement>(null)
  const size = compact ? PHONE : WIDE
  const [room, setRoom] = useState({ x: 0, y: 0, width: size.w, height: size.h })
  const floors = useMemo(() => floorsOf(size, compact), [size, compact])
  useLayoutEffect(() => {
    const { x, y, width, height } = drawn.current!.getBBox()
    setRoom({ x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN })
  }, [scene, frame, floors])
  const { x, y, width, height } = room
  // A phone leaves scenes out.
  const empty = width <= 2 * MARGIN
  return (
    <svg data-empty={empty} className="bench-drawing" viewBox={`${x} ${y} ${width} ${height}`} width={width} height={height}>
      <Patterns />
      <g ref={drawn}>{scene.draw({ frame, box: floors[scene.floor].box, floors, compact })}</g>
    </svg>
  )
})
