/** The paragraph in the address: a link or a reload comes back to it, and what has been read is marked. */
import { useEffect, useRef, type RefObject } from 'react'
import type { Chapter } from '../../chapters/chapters.ts'
import { pageHere } from '../../app/page.ts'
import { goTo } from '../../app/playhead.ts'
import { placeIn, placeLink } from '../../app/read-link.ts'
import { markRead } from '../../app/read-marks.ts'

/** The address follows when the reader rests: browsers refuse more than about a hundred changes in half a minute. */
const REST_MS = 150
/** Who is sooner gone from a paragraph has not read it. */
const READ_MS = 800

/** The paragraph that an address asks for; null: none, or none that the chapter has. */
function askedIn({ id, beats }: Chapter): number | null {
  const { chapter, paragraph } = placeIn(location.hash)
  return chapter === id && paragraph !== null && paragraph >= 0 && paragraph < beats.length ? paragraph : null
}

/**
 * Keeps the address and the paragraph that is told together. `steps`: of the paragraphs, null while the chapter's runs are not on the stage.
 * Gives the paragraph that an address leads to until it is told: the way there is none that a reader goes, and is not shown.
 */
export function usePlace(chapter: Chapter, steps: readonly number[] | null, current: number): RefObject<number | null> {
  const wanted = useRef(askedIn(chapter))
  const arriving = useRef(wanted.current)
  const known = useRef(steps)
  known.current = steps
  useEffect(() => {
    const settle = (): void => {
      const step = wanted.current === null ? -1 : known.current?.[wanted.current] ?? -1
      if (step < 0) return
      wanted.current = null
      goTo(step)
    }
    const arrive = (): void => {
      const asked = askedIn(chapter)
      if (asked === null) return
      wanted.current = asked
      arriving.current = asked
      settle()
    }
    settle()
    const arrivals = ['hashchange', 'popstate'] as const
    arrivals.forEach((name) => addEventListener(name, arrive))
    return () => arrivals.forEach((name) => removeEventListener(name, arrive))
  }, [chapter, steps])
  useEffect(() => {
    if (current < 0 || wanted.current !== null) return
    const write = (): void => {
      const next = placeLink(chapter.id, current)
      const { chapter: named, paragraph } = placeIn(location.hash)
      // An address that names no paragraph, or no chapter, is left as it is for as long as it leads here.
      if (pageHere() === 'read' && location.hash !== next && (current > 0 || (named === chapter.id && paragraph !== null))) history.replaceState(null, '', next)
    }
    const resting = setTimeout(write, REST_MS)
    const reading = setTimeout(() => markRead(chapter.id, current), READ_MS)
    addEventListener('pagehide', write)
    return () => {
      clearTimeout(resting)
      clearTimeout(reading)
      removeEventListener('pagehide', write)
    }
  }, [chapter, current])
  return arriving
}
