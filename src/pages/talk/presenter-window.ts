/** The second window: opened by the talk, and named after it, so that either may be loaded again and still belong to the other. */
import { keep, kept } from '../../app/keep.ts'
import { fragmentHere } from '../../app/open.ts'
import { notify } from '../../app/store.ts'
import { know } from './wire.ts'

const KEY = 'bufscope.talk'
const NAME = 'bufscope-presenter-'

let own: string | null = null

/** Of this window's talk; the same after a reload where the browser keeps anything for it. */
export function talkId(): string {
  if (own !== null) return own
  own = kept(KEY, true) ?? String(performance.timeOrigin)
  keep(KEY, own, true)
  return own
}

/** Whose presenter window this is; null: it was opened by hand, and takes the first talk that answers. */
export const talkOfWindow = (): string | null => (self.name.startsWith(NAME) ? self.name.slice(NAME.length) : null)

export function openPresenter(): void {
  const opened = open(`${location.href.replace(/#.*$/, '')}${fragmentHere().replace('view=talk', 'view=presenter')}`, NAME + talkId(), 'popup,width=1200,height=760')
  if (!opened) return void notify('The browser did not open a second window. Allow pop-ups for this page and press W again, or open this address with view=presenter yourself.', 'bad')
  know(opened)
}
