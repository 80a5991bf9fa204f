/** The wire to the page around the frame: hears its parent alone, follows what it asks, and tells it the state after every change. */
import { MOST_BENCHES } from '../../app/address.ts'
import { openFragment } from '../../app/page.ts'
import { bindingFor } from '../../app/keyboard.ts'
import { linkHere } from '../../app/open.ts'
import * as playhead from '../../app/playhead.ts'
import { patch, state, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { isCalm } from '../compare/stage-host.tsx'
import { PREFIX, read, type Asked, type Refused } from './messages.ts'
import { SENTENCES } from './sentences.ts'

/** Where the host said hello from; null: it has not, so nothing but `ready` is sent. */
let host: string | null = null

/** A host opened from a file has no origin that could be named. */
const send = (type: string, more: object = {}): void => parent.postMessage({ type: PREFIX + type, ...more }, host === null || host === 'null' ? '*' : host)

function tell(): void {
  const { at, rows, playing, selected, benches } = state()
  if (host !== null) send('state', { step: at, of: rows.length, landmark: rows[at - 1]?.landmark ?? null, playing, selected, variants: benches.map(({ recipe }) => recipe.variant), link: linkHere() })
}

function follow(asked: Asked): string | null {
  const { rows, at, benches } = state()
  switch (asked.type) {
    case 'hello':
      send('ready', { version: 1 })
      tell()
      return null
    case 'play': case 'pause':
      // Nobody who wants no motion is shown any.
      if (state().playing !== (asked.type === 'play') && !(asked.type === 'play' && isCalm())) playhead.togglePlay()
      return null
    case 'step': return seek(at + asked.by, rows.length)
    case 'seek': {
      if ('step' in asked) return seek(asked.step, rows.length)
      const there = rows.findIndex(({ landmark }) => landmark === asked.landmark) + 1
      if (there > 0) return seek(there, rows.length)
      const known = rows.flatMap(({ landmark }) => landmark ?? []).join(', ')
      return fill(known === '' ? SENTENCES.noLandmarks : SENTENCES.noLandmark, { asked: asked.landmark, known })
    }
    case 'variants': {
      // What the machine does not know is said in the frame: the first catalog does not name everything.
      openFragment(`#scenario=${benches[0]!.recipe.scenario}&variants=${asked.variants.join(',')}&platform=${benches[0]!.recipe.platform}&step=${at}&view=embed`)
      return null
    }
    case 'select':
      patch({ selected: asked.id })
      return null
  }
}

function seek(step: number, of: number): string | null {
  patch({ playing: false })
  playhead.goTo(step)
  return step >= 0 && step <= of ? null : fill(SENTENCES.noStep, { step, count: of })
}

const NAVIGATION = /^(Arrow|Page|Home|End|Escape)/

/** Starts to listen; the answer stops it. */
export function listen(): () => void {
  const hear = (event: MessageEvent<unknown>): void => {
    if (event.source !== parent || parent === window) return
    const asked: Asked | Refused | null = read(event.data, MOST_BENCHES)
    if (!asked) return
    host = event.origin
    const problem = asked.type === 'refused' ? asked.message : follow(asked)
    if (problem !== null) send('error', { asked: asked.type === 'refused' ? asked.asked : asked.type, message: problem })
  }
  // Keys that move nothing here are the host's: a deck goes on to its next slide.
  const key = (event: KeyboardEvent): void => {
    const { at, rows } = state()
    const by = /^(ArrowRight|PageDown|End)$/.test(event.key) ? 1 : /^(ArrowLeft|PageUp|Home)$/.test(event.key) ? -1 : 0
    const used = bindingFor(event) !== undefined && !(by > 0 && at === rows.length) && !(by < 0 && at === 0) && event.key !== 'Escape'
    if (!used && NAVIGATION.test(event.key) && host !== null) send('nav', { key: event.key })
  }
  addEventListener('message', hear)
  addEventListener('keydown', key, true)
  const stop = useStore.subscribe((now, before) => {
    if (now.at !== before.at || now.playing !== before.playing || now.rows !== before.rows || now.selected !== before.selected) tell()
  })
  return () => {
    removeEventListener('message', hear)
    removeEventListener('keydown', key, true)
    stop()
  }
}
