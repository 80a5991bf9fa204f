/** Keys of talk mode: those of slide tools and clickers. What is not here does what it does outside. */
import { bind, bindingFor, keyed, press, type Binding } from '../../app/keyboard.ts'
import { ACTIONS, escape, type Action } from './actions.ts'
import { openPresenter } from './presenter-window.ts'
import { toggleFullScreen } from './room.ts'

const STEPS: readonly (readonly [keys: string, shows: string, does: string, action: Action])[] = [
  ['ArrowRight PageDown n N Space', '→  PageDown  N  Space', 'next thing that changes', 'next'],
  ['ArrowLeft PageUp p P Shift+Space', '←  PageUp  P  Shift+Space', 'the one before', 'back'],
  ['Home', 'Home', 'the beginning', 'first'],
  ['End', 'End', 'the last change', 'last'],
  ['Shift+ArrowRight', 'Shift+→', 'next landmark', 'next landmark'],
  ['Shift+ArrowLeft', 'Shift+←', 'landmark before', 'landmark before'],
  ['x', 'X', 'next difference between the benches', 'next difference'],
  ['X', 'Shift+X', 'difference before', 'difference before'],
  ['b B . ,', 'B  .', 'dark screen, and back', 'blank'],
  ['l L', 'L', 'light: it follows the pointer, or Tab from thing to thing', 'light'],
  ['e E', 'E', 'why is it so', 'why'],
]

const group = 'Look'
const of = (run: (action: Action) => void): Binding[] => STEPS.map(([keys, shows, does, action]) => bind(group, keys, shows, does, () => run(action)))

export const TALK_BINDINGS: readonly Binding[] = [
  ...of((action) => ACTIONS[action]()),
  bind(group, 'f F', 'F', 'full screen', () => void toggleFullScreen()),
  bind(group, 'o O', 'O', 'overview of all stops', ACTIONS.overview),
  bind(group, 'w W', 'W', 'presenter window: notes, next step, clock', openPresenter),
  bind(group, 't T', 'T', 'leave talk mode', ACTIONS.leave),
  bind(group, 'Escape', 'Esc', 'light up, close, clear; then leave', escape),
]

/** Tables that are asked before the page's own, until the answer is called. */
function watch(bindings: readonly Binding[], alone: boolean): () => void {
  const table = keyed(bindings)
  const hear = (event: KeyboardEvent): void => {
    press(event, table)
    if (alone && bindingFor(event)) event.preventDefault()
  }
  addEventListener('keydown', hear, true)
  return () => removeEventListener('keydown', hear, true)
}
export const watchTalk = (): (() => void) => watch(TALK_BINDINGS, false)
/** In the other window the same keys ask for the same; others would lead it away from the talk. */
export const watchPresenter = (ask: (action: Action) => void): (() => void) => watch(of(ask), true)
