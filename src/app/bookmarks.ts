/** Moments that the reader marks. A bookmark is a link, so it opens as any link does; it stays in this browser, and nowhere else. */
import { fill } from '../base/fill.ts'
import { keep, kept } from './keep.ts'
import { fragmentHere } from './open.ts'
import { benchName } from './names.ts'
import { SENTENCES } from './sentences-later.ts'
import { notifyBriefly, patch, state } from './store.ts'

export interface Bookmark { readonly fragment: string; readonly title: string; /** Step, for the timeline. */ readonly at: number }

const KEY = 'bufscope.bookmarks'
/** The newest, for later visits. */
const MOST = 200

const isBookmark = (each: unknown): each is Bookmark =>
  typeof each === 'object' && each !== null && String((each as Bookmark).fragment).startsWith('#') && typeof (each as Bookmark).title === 'string' && typeof (each as Bookmark).at === 'number'

let recalled = false
/** Those of earlier visits, before those of this one. */
export function recall(): void {
  if (recalled) return
  recalled = true
  try {
    const earlier: unknown = JSON.parse(kept(KEY) ?? '[]')
    if (Array.isArray(earlier) && earlier.length > 0) patch({ bookmarks: [...earlier.filter(isBookmark), ...state().bookmarks] })
  } catch {
    // Somebody else wrote there: then there are none.
  }
}

function put(bookmarks: readonly Bookmark[]): void {
  patch({ bookmarks })
  keep(KEY, JSON.stringify(bookmarks.slice(-MOST)))
}

/** Marks the moment shown, or takes its mark away. */
export function toggleBookmark(): void {
  recall()
  const { bookmarks, at, benches, rows } = state()
  const fragment = fragmentHere()
  if (bookmarks.some((each) => each.fragment === fragment)) {
    removeBookmark(fragment)
    return notifyBriefly('Bookmark removed.')
  }
  const title = fill(SENTENCES.moment, { benches: benches.map((bench) => benchName(bench.recipe)).join(' | '), at, count: rows.length })
  put([...bookmarks, { fragment, title, at }])
  notifyBriefly('Bookmarked. The Story panel lists it, and the timeline has its mark.')
}

export const removeBookmark = (fragment: string): void => put(state().bookmarks.filter((each) => each.fragment !== fragment))

/** What a moment's link says besides where in the runs one stands. */
const runsOf = (fragment: string): string => fragment.replace(/&(step|select|bench|focus|zoom)=[^&]*/g, '')

/** The bookmarks of the runs that are shown, at the depth that is shown. */
export const bookmarksHere = (): readonly Bookmark[] => {
  const here = runsOf(fragmentHere())
  return state().bookmarks.filter(({ fragment }) => runsOf(fragment) === here)
}
