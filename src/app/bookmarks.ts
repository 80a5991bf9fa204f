/** Moments that the reader marks. A bookmark is a link, so it opens as any link does; it stays in this browser, and nowhere else. */
import { fragmentHere } from './open.ts'
import { benchName } from './names.ts'
import { notifyBriefly, patch, state } from './store.ts'

export interface Bookmark { readonly fragment: string; readonly title: string; /** Step, for the timeline. */ readonly at: number }

const KEPT = 'bufscope.bookmarks'
const MOST = 200

const isBookmark = (each: unknown): each is Bookmark =>
  typeof each === 'object' && each !== null && String((each as Bookmark).fragment).startsWith('#') && typeof (each as Bookmark).title === 'string' && typeof (each as Bookmark).at === 'number'

let recalled = false
/** Those of earlier visits, before those of this one. */
export function recall(): void {
  if (recalled) return
  recalled = true
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]')
    if (Array.isArray(kept) && kept.length > 0) patch({ bookmarks: [...kept.filter(isBookmark), ...state().bookmarks] })
  } catch {
    // Storage is refused in some embeddings, or somebody else wrote there: then there are none.
  }
}

function keep(bookmarks: readonly Bookmark[]): void {
  patch({ bookmarks })
  try {
    localStorage.setItem(KEPT, JSON.stringify(bookmarks.slice(-MOST)))
  } catch {
    // As above: they last as long as the page is open.
  }
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
  const title = `${benches.map((bench) => benchName(bench.recipe)).join(' | ')}, step ${at} of ${rows.length}`
  keep([...bookmarks, { fragment, title, at }])
  notifyBriefly('Bookmarked. The Story panel lists it, and the timeline has its mark.')
}

export const removeBookmark = (fragment: string): void => keep(state().bookmarks.filter((each) => each.fragment !== fragment))

/** What a moment's link says besides where in the runs one stands. */
const runsOf = (fragment: string): string => fragment.replace(/&(step|select|bench|focus|zoom)=[^&]*/g, '')

/** The bookmarks of the runs that are shown, at the depth that is shown. */
export const bookmarksHere = (): readonly Bookmark[] => {
  const here = runsOf(fragmentHere())
  return state().bookmarks.filter(({ fragment }) => runsOf(fragment) === here)
}
