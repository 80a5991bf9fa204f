/** What may lie over a stage: the panels, by their names in the store, the palette, the inspector. None is part of the first load. */
import { Suspense, useEffect } from 'react'
import type { Shown } from '../../app/frames.ts'
import { useStore } from '../../app/store.ts'
import { fetched } from './fetched.tsx'
import { useFocusBack } from './focus-back.ts'
import { fetchStage } from './stage-host.tsx'

const panels = {
  help: () => import('./help.tsx'), story: () => import('./story.tsx'), program: () => import('./program.tsx'), transcript: () => import('./transcript.tsx'), costs: () => import('./costs.tsx'), explore: () => import('./explore.tsx'),
}
// Draws without a page around it, and has its faces inside: too much to be fetched before it is asked for.
const take = () => import('../take/take.tsx')
const palette = () => import('./palette.tsx')
const inspector = () => import('./inspector.tsx')
/** Of the buttons that are there from the start: the pages of a version that is replaced are gone, and menus should still open. */
const popups = [() => import('./many.css'), () => import('./benches.ts'), () => import('./open-menu.tsx'), () => import('./open-manner.tsx'), () => import('./parts-popover.tsx'), () => import('./choices-sheet.tsx')]
const Panels: Readonly<Record<string, ReturnType<typeof fetched>>> = Object.fromEntries(Object.entries({ ...panels, take }).map(([name, load]) => [name, fetched(load)]))
const Palette = fetched(palette)
const Inspector = fetched(inspector)
const TimelineMarks = fetched(() => import('./timeline-marks.tsx'))
/** Those of earlier visits. */
const bookmarks = () => import('../../app/bookmarks.ts').then(({ recall }) => recall())

/** They are there when they are asked for. */
const fetchPanels = (): void => void Promise.all([fetchStage(), ...[...Object.values(panels), ...popups, palette, inspector, bookmarks].map((load) => load())]).catch(() => undefined)

export default function Overlays({ shown }: { shown: readonly (Shown | null)[] }) {
  const panel = useStore((now) => now.panel)
  const inspecting = useStore((now) => now.inspecting)
  const marked = useStore((now) => now.bookmarks.length > 0 || now.selected !== null)
  const Open = Panels[panel ?? '']
  useEffect(fetchPanels, [])
  useFocusBack()
  return (
    <>
      <Suspense>{marked && <TimelineMarks />}</Suspense>
      <Suspense>
        {(panel === 'find' || panel === 'palette') && <Palette key={panel} first={panel === 'find' ? 'steps' : 'commands'} />}
        {Open && <Open key={panel} />}
        {inspecting && panel === null && <Inspector shown={shown} />}
      </Suspense>
    </>
  )
}
