/** Keys, as slide clickers, debuggers and players have them. One table, whose lines help and palette show; what the camera's keys do they take from all-keys.ts. */
import { fill } from '../base/fill.ts'
import * as playhead from './playhead.ts'
import { fragmentHere, linkHere, redo, undo } from './open.ts'
import { hasStage, pageHere } from './page.ts'
import { SENTENCES } from './sentences.ts'
import { skipHere } from './skip.ts'
import { notifyBriefly, patch, state } from './store.ts'

export interface Binding { readonly keys: readonly string[]; readonly shows: string; readonly does: string; readonly run: (key: string) => void; readonly group: 'Step' | 'Look' | 'Page' }

export const bind = (group: Binding['group'], keys: string, shows: string, does: string, run: Binding['run']): Binding => ({ group, keys: keys.split(' '), shows, does, run })

/** Bookmarks too come when they are first wanted. */
export const mark = (): void => void import('./bookmarks.ts').then(({ toggleBookmark }) => toggleBookmark())

/** The camera comes when it is first wanted, and so does what its keys are called. */
const look = (key: string): void => void import('./camera-keys.ts').then(({ press }) => press(key))
/** All keys of the camera as one binding without words. */
export const LOOKS: Binding = bind('Look', 'f F i I u U h H j J k K l L a A o O', '', '', look)

/** Named as `event.key`; `Shift+` only where the key's own character does not tell. */
export const BINDINGS: readonly Binding[] = [
  bind('Step', 'ArrowRight PageDown n N', '→  PageDown  N', 'next step', playhead.next),
  bind('Step', 'ArrowLeft PageUp p P Shift+Space', '←  PageUp  P  Shift+Space', 'step back', playhead.back),
  bind('Step', 'Space', 'Space', 'play or pause', playhead.togglePlay),
  bind('Step', 'Shift+ArrowRight', 'Shift+→', 'next landmark', () => playhead.landmark(1)),
  bind('Step', 'Shift+ArrowLeft', 'Shift+←', 'landmark before', () => playhead.landmark(-1)),
  bind('Step', 'x', 'X', 'next difference between the benches', () => playhead.difference(1)),
  bind('Step', 'X', 'Shift+X', 'difference before', () => playhead.difference(-1)),
  bind('Step', 'Home', 'Home', 'before the first step', playhead.first),
  bind('Step', 'End', 'End', 'last step', playhead.last),
  bind('Step', '.', '.', 'next event of the selected object; nothing selected: talk mode', () => (state().selected ? playhead.event(1) : talk())),
  bind('Step', ',', ',', 'event before (of the selected object)', () => playhead.event(-1)),
  bind('Step', '+ =', '+', 'finer: call → step → detail', () => playhead.shiftDepth(1)),
  bind('Step', '- _', '−', 'coarser: detail → step → call', () => playhead.shiftDepth(-1)),
  bind('Step', '>', '>', 'faster', () => playhead.shiftSpeed(1)),
  bind('Step', '<', '<', 'slower', () => playhead.shiftSpeed(-1)),
  bind('Look', '1 2 3 4', '1 … 4', 'one bench alone', (key) => focusOn(Number(key) - 1)),
  bind('Look', '0', '0', 'all benches', () => patch({ focus: null })),
  bind('Step', 's S', 'S', 'run without this call, or with it again', skipHere),
  bind('Look', 'e E', 'E', 'why is it so: the selection, or this step', explain),
  bind('Look', 'g G /', 'G  /', 'go to a step, or search', () => patch({ panel: 'find' })),
  bind('Page', 'Ctrl+k Ctrl+P', 'Ctrl+K  Ctrl+Shift+P', 'all commands', () => patch({ panel: 'palette' })),
  bind('Page', 'm M', 'M', 'bookmark this moment, or take the bookmark away', mark),
  bind('Page', 'c C', 'C', 'copy a link to this moment', () => void copyLink()),
  bind('Page', 'z Ctrl+z', 'Z  Ctrl+Z', 'undo a choice or an edit', undo),
  bind('Page', 'Z Ctrl+Z', 'Shift+Z  Shift+Ctrl+Z', 'redo it', redo),
  bind('Page', 't T b B', 'T  B', 'talk mode', talk),
  bind('Page', '?', '?', 'all keys', () => patch({ panel: 'help' })),
  bind('Page', 'Escape', 'Esc', 'close, then clear the selection', escape),
]

export const keyed = (bindings: readonly Binding[]): ReadonlyMap<string, Binding> => new Map(bindings.flatMap((binding) => binding.keys.map((key) => [key, binding] as const)))
const byKey = keyed([...BINDINGS, LOOKS])
/** Held arrows answer at most this often. */
const REPEAT_MS = 70

const CLOSED = 'The clipboard is closed to this page.'

/** Puts text on the clipboard and says so; `where` else it can be had. */
export async function copy(text: string, what: string, where = ''): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    notifyBriefly(fill(SENTENCES.copied, { what }))
  } catch {
    // No clipboard on plain http, or the reader has refused it.
    notifyBriefly(`${CLOSED} ${where}`.trim())
  }
}

export const copyLink = (): Promise<void> => copy(linkHere(), 'Link to this moment', 'The link is in the address bar.')

/** From a page with an address of its own too. */
export function talk(): void {
  patch({ view: 'talk', playing: false, panel: null })
  if (pageHere() !== 'compare') location.hash = fragmentHere()
}

function escape(): void {
  const { panel, inspecting, focus, playing, camera } = state()
  if (playing) patch({ playing: false })
  else if (panel) patch({ panel: null })
  else if (inspecting) patch({ inspecting: false })
  else if (camera.zoom === 0) look('o')
  else if (focus !== null) patch({ focus: null })
  else patch({ selected: null })
}

/** Opens or closes the inspector. */
export function explain(): void {
  const { inspecting, panel } = state()
  patch(panel === null ? { inspecting: !inspecting } : { panel: null, inspecting: true })
}

/** Fields keep all their keys; sliders, menus and lists keep those that move in them. The timeline leaves its arrows to this table. */
function taken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (!target) return false
  // Esc leaves a field of a panel; a dialog sees to itself.
  if (event.key === 'Escape') return target.closest('[role="menu"], [role="listbox"], [role="dialog"]') !== null
  if (target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])')) return true
  if (target.closest('[role="menu"], [role="listbox"], [role="dialog"]')) return true
  if (target.closest('[role="slider"]:not(.lanes), [role="radiogroup"], [role="tablist"]') && /^(Arrow|Home|End|Page)/.test(event.key)) return true
  return (event.key === ' ' || event.key === 'Enter') && target.closest('button, a, summary, [role="button"]') !== null
}

/** The name of a key in the table; '' for one with a modifier that belongs to the browser. */
function nameOf(event: KeyboardEvent): string {
  if (event.altKey) return ''
  const letter = event.key.length === 1
  if (event.ctrlKey || event.metaKey) return letter ? `Ctrl+${event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()}` : ''
  const name = event.key === ' ' ? 'Space' : event.key
  return event.shiftKey && /^(Space|Arrow.*)$/.test(name) ? `Shift+${name}` : name
}

let lastRepeat = 0

/** What a key does now: its binding, where nothing on the page wants the key for itself. */
export function bindingFor(event: KeyboardEvent, table = byKey): Binding | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined
  const key = nameOf(event)
  const binding = table.get(key)
  if (!binding || (!state().letters && key.length === 1)) return undefined
  // The palette opens from a text field as well; undo there belongs to the field.
  if (taken(event) && !/^Ctrl\+[kP]$/.test(key)) return undefined
  return binding
}

/** Does what a key does in a table. */
export function press(event: KeyboardEvent, table = byKey): void {
  const binding = hasStage() && bindingFor(event, table)
  if (!binding) return
  event.preventDefault()
  if (event.repeat) {
    if (event.timeStamp - lastRepeat < REPEAT_MS) return
    lastRepeat = event.timeStamp
  }
  binding.run(nameOf(event))
}
export const watchKeys = (): void => addEventListener('keydown', (event) => press(event))

export function focusOn(bench: number): void {
  if (bench < state().benches.length) patch({ focus: state().focus === bench ? null : bench, bench })
}
