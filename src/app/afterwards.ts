/** What may come when the first frame is on the screen: the faces of the letters, what the reader has set, and later what lets the page open without a network. */
import './afterwards.css'
import './fonts.css'
import './forced-colors.css'
import { recallLetters } from './letters.ts'
import './projector.css'
import { pageHere } from './page.ts'
import { useStore, type State } from './store.ts'

/** The rest of the worker comes first; nobody waits for this. In milliseconds. */
const LATER = 2000

const runs = ({ benches, failure }: State): boolean => failure === null && benches.every(({ run, busy }) => run !== null && !busy)

/** Without it, in a private window or from a disk, the page is the same as long as there is a network. */
function keep(): void {
  setTimeout(() => void navigator.serviceWorker?.register(new URL('sw.js', document.baseURI)).catch(() => {}), LATER)
}

function keepOnceItRuns(): void {
  if (pageHere() !== 'compare' || runs(useStore.getState())) return keep()
  const stop = useStore.subscribe((now) => {
    if (!runs(now)) return
    stop()
    keep()
  })
}
recallLetters()
if (import.meta.env.PROD && import.meta.env.MODE !== 'single') keepOnceItRuns()
