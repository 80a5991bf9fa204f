/** Picks the page for the address. There is one page so far. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './app/theme.css'
import './app/base.css'
import { watchKeys } from './app/keyboard.ts'
import { open } from './app/open.ts'
import { watchPlay } from './app/playhead.ts'
import { Compare } from './pages/compare/compare.tsx'

open()
watchKeys()
watchPlay()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Compare />
  </StrictMode>,
)
// Words are readable in the fallback face at once; the real one may come when the first frame is on the screen.
requestAnimationFrame(() => setTimeout(() => void import('./app/fonts.css')))
