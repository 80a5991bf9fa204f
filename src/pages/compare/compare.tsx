/** The Compare page: benches side by side on one playhead. */
import { Suspense, useEffect, useState, type ReactNode } from 'react'
import { HOME } from '../../app/camera.ts'
import { benchName } from '../../app/names.ts'
import { patch, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { useArrival } from './arrival.ts'
import { BenchHeader } from './bench-header.tsx'
import { Caption } from './caption.tsx'
import './compare.css'
import './panels.css'
import { fetched } from './fetched.tsx'
import { Guard } from './guard.tsx'
import { Header } from './header.tsx'
import { Notices } from './notices.tsx'
import { PhoneFooter, PhoneHeader, useNarrow, usePhone, useSwipe } from './phone.tsx'
import { Quirks } from './quirks.tsx'
import { SENTENCES } from './sentences.ts'
import { useStages } from './shown.ts'
import { StageHost, useMotion } from './stage-host.tsx'
import { Timeline } from './timeline.tsx'
import { Transport } from './transport.tsx'

/** What may lie over the stage, and what it fetches in its turn, once the first picture stands or somebody asks for it. */
const Overlays = fetched(() => import('./overlays.tsx'))
const Overview = fetched(() => import('./overview.tsx'))
const home = (): void => patch({ camera: HOME })

/** `top`: what stands in place of the header, on a page that shows one bench beside its text. */
export function Compare({ top }: { top?: ReactNode }) {
  const benches = useStore((now) => now.benches)
  const at = useStore((now) => now.at)
  const focus = useStore((now) => now.focus)
  const phoneBench = useStore((now) => now.bench)
  const far = useStore((now) => now.camera.zoom === 0)
  const first = useStore((now) => now.marks.find((mark) => mark.kind === 'first' && mark.row === now.at - 1))
  const narrow = useNarrow(benches.length) || top !== undefined
  const phone = usePhone()
  const swipe = useSwipe()
  const arrived = useArrival()
  const t = useMotion()
  const wanted = useStore((now) => now.panel !== null || now.inspecting)
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1500)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => { if (benches.length > 2) void import('./many.css') }, [benches.length])
  useEffect(() => { if (phone) void import('./low.css') }, [phone])
  const { shown, differs, places, says } = useStages()
  const only = narrow ? Math.min(phoneBench, benches.length - 1) : focus
  const visible = benches.map((_, i) => i).filter((i) => only === null || i === only)
  const Main = (top === undefined ? 'main' : 'div') as 'main'
  const parts = first !== undefined

  return (
    <div className="page" data-narrow={narrow} data-phone={phone}>
      {top ?? (narrow ? <PhoneHeader /> : <Header />)}
      <Main {...(top === undefined ? { ref: arrived, tabIndex: -1 } : {})} className="benches" data-parts={parts} data-count={visible.length} inert={far} {...(narrow ? swipe : {})}>
        {visible.map((bench) => (
          <section className="bench" key={bench} aria-label={fill(SENTENCES.bench, { number: bench + 1, name: benchName(benches[bench]!.recipe) })} data-gap={shown[bench]?.gap ?? false}>
            <BenchHeader bench={bench} gap={shown[bench]?.gap ?? false} />
            <div className="stage">
              {shown[bench] && (
                <Guard at={at}>
                  <StageHost shown={shown[bench]} t={t} places={places} says={says} differs={differs} compact={phone} />
                </Guard>
              )}
            </div>
            {at > 0 && <Quirks bench={bench} shown={shown[bench]} />}
            {first && visible.length > 1 && bench > 0 && first.sides[bench] !== first.sides[bench - 1] && <div className="ways-part" aria-hidden="true"><span>they differ here</span></div>}
          </section>
        ))}
      </Main>
      <footer className="deck" data-lanes={narrow ? 1 : benches.length}>
        <Caption shown={shown} differs={differs} only={only} />
        <Timeline only={narrow ? only : null} />
        {phone ? <PhoneFooter /> : <Transport />}
      </footer>
      <Notices />
      <div id="layer" role="region" aria-label="Open menu" />
      {far && <Suspense><Overview visible={visible} places={places} main={top === undefined} gone={home} /></Suspense>}
      {(late || wanted) && <Suspense><Overlays shown={shown} /></Suspense>}
    </div>
  )
}
