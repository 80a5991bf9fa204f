/** The buttons for what the keys of a talk do. They lie over the slide while the pointer moves, or one of them has the focus. */
import { AppWindow, Expand, Flashlight, LayoutGrid, Moon, StepBack, StepForward, X } from 'lucide-react'
import { useStore } from '../../app/store.ts'
import { ThemeMenu } from '../compare/header.tsx'
import { ACTIONS } from './actions.ts'
import { openPresenter } from './presenter-window.ts'
import { toggleFullScreen } from './room.ts'
import { useTalk } from './shared.ts'

export function Controls({ idle }: { idle: boolean }) {
  const at = useStore((now) => now.at)
  const { blank, spot, overview } = useTalk()
  return (
    <div className="controls" role="toolbar" aria-label="Talk" data-idle={idle} inert={overview}>
      <button className="button" aria-disabled={at === 0} onClick={ACTIONS.back}><StepBack aria-hidden />Back</button>
      <button className="button strong" onClick={ACTIONS.next}>Next<StepForward aria-hidden /></button>
      <button className="button square" aria-pressed={blank} onClick={ACTIONS.blank} aria-label="Dark screen" title="Dark screen (B)"><Moon aria-hidden /></button>
      <button className="button square" aria-pressed={spot !== null} onClick={ACTIONS.light} aria-label="Light" title="Light (L)"><Flashlight aria-hidden /></button>
      <button className="button square" aria-pressed={overview} onClick={ACTIONS.overview} aria-label="Overview" title="Overview (O)"><LayoutGrid aria-hidden /></button>
      <button className="button square" onClick={() => void toggleFullScreen()} aria-label="Full screen" title="Full screen (F)"><Expand aria-hidden /></button>
      <ThemeMenu />
      <button className="button" onClick={openPresenter} title="Notes, next step and clock in a window of their own (W)"><AppWindow aria-hidden />Presenter window</button>
      <button className="button square" onClick={ACTIONS.leave} aria-label="Leave talk mode" title="Leave talk mode (T)"><X aria-hidden /></button>
    </div>
  )
}
