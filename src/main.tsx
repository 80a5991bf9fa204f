/** Picks the page for the address: the story, unless another is named. */
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import './app/theme.css'
import './app/base.css'
import { watchKeys } from './app/keyboard.ts'
import { open } from './app/open.ts'
import { pageHere, usePage } from './app/page.ts'
import { watchPlay } from './app/playhead.ts'
import { patch, useStore } from './app/store.ts'
import { Compare } from './pages/compare/compare.tsx'
import { fetched } from './pages/compare/fetched.tsx'

const PAGES = { evidence: fetched(() => import('./pages/evidence/evidence.tsx')), gallery: fetched(() => import('./pages/gallery/gallery.tsx')), hazards: fetched(() => import('./pages/hazards/hazards.tsx')), read: fetched(() => import('./pages/read/read.tsx')), embed: fetched(() => import('./pages/embed/embed.tsx')), talk: fetched(() => import('./pages/talk/windows.tsx')) } as const

const openStory = (): void => { if (pageHere() === 'compare') open() }
openStory()
addEventListener('hashchange', openStory)
watchKeys()
watchPlay()

/** Back to the story, which is there. */
const leavePage = (): void => {
  patch({ view: null })
  location.hash = '#'
}

function Page() {
  const page = usePage()
  const view = useStore((now) => now.view)
  if (page === 'compare' && view === null) return <Compare />
  const name = page !== 'compare' ? page : view === 'embed' ? view : 'talk'
  const Other = PAGES[name]
  return <Suspense><Other key={name} gone={leavePage} /></Suspense>
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
)
// Words are readable in the fallback face at once; the real one may come when the first frame is on the screen.
requestAnimationFrame(() => setTimeout(() => void import('./app/afterwards.ts')))
