/** Moments that the reader marks, for as long as the page is open. A bookmark is a link, so it opens as any link does. */
import { fragmentHere } from './open.ts'
import { benchName } from './names.ts'
import { notifyBriefly, patch, state } from './store.ts'

export interface Bookmark { readonly fragment: string; readonly title: string; /** Step, for the timeline. */ readonly at: number }

/** Marks the moment shown, or takes its mark away. */
export function toggleBookmark(): void {
  const { bookmarks, at, benches, rows } = state()
  const fragment = fragmentHere()
  if (bookmarks.some((each) => each.fragment === fragment)) {
    patch({ bookmarks: bookmarks.filter((each) => each.fragment !== fragment) })
    return notifyBriefly('Bookmark removed.')
  }
  const title = `${benches.map((bench) => benchName(bench.recipe)).join(' | ')}, step ${at} of ${rows.length}`
  patch({ bookmarks: [...bookmarks, { fragment, title, at }] })
  notifyBriefly('Bookmarked. The Story panel lists it.')
}

export const removeBookmark = (fragment: string): void => patch({ bookmarks: state().bookmarks.filter((each) => each.fragment !== fragment) })

/** As if the link had been pasted. */
export function openFragment(fragment: string): void {
  location.hash = fragment
}
