/** The Evidence page: replays recordings of real kernels in the visitor's own browser, and says where the simulated kernel answers alike. */
import { ArrowLeft } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { fetchList, replayAll, useEvidence } from '../../app/evidence.ts'
import { fragmentHere } from '../../app/open.ts'
import { keysOf } from '../../app/evidence-link.ts'
import { patch, useStore } from '../../app/store.ts'
import { applyTheme, THEMES, THEME_TITLES, type Theme } from '../../app/theme.ts'
import { useTitle } from '../../app/title.ts'
import { useArrival } from '../compare/arrival.ts'
import { Disagreements } from './disagreements.tsx'
import './evidence.css'
import { NotCovered } from './not-covered.tsx'
import { OwnRecording } from './own-recording.tsx'
import { RecordingList } from './recording-list.tsx'
import { RunPanel } from './run-panel.tsx'
import { SequenceView } from './sequence-view.tsx'
import { Matrix } from './matrix.tsx'

const hash = (): string => location.hash
function useHash(): string {
  return useSyncExternalStore((changed) => {
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, hash)
}

export default function EvidencePage() {
  const main = useArrival()
  const keys = keysOf(useHash())
  const [file, sequence, op] = [keys.get('file'), keys.get('sequence'), keys.get('op')]
  const looking = file !== undefined && sequence !== undefined
  useTitle('Bufscope: evidence')
  useEffect(() => {
    // Who opens a link to one sequence asks for that one; everybody else asks for all.
    if (looking) fetchList()
    else if (useEvidence.getState().phase === 'idle') void replayAll()
  }, [looking])
  return (
    <div className="evidence">
      <header className="top">
        <a className="logo" href={fragmentHere()}>bufscope</a>
        <h1>Evidence</h1>
        <span className="gap" />
        <a className="button" href={fragmentHere()}><ArrowLeft aria-hidden />The story</a>
        <ThemeChoice />
      </header>
      <main ref={main} tabIndex={-1} aria-label="Evidence">
        <RunPanel />
        <Disagreements />
        <div className="columns">
          <div>
            <Matrix of="rules" />
            <Matrix of="kinds" />
          </div>
          <div>
            <OwnRecording />
            <NotCovered />
          </div>
        </div>
        <RecordingList />
      </main>
      {looking && <SequenceView key={`${file} ${sequence}`} file={file} sequence={sequence} op={op === undefined ? null : Number(op)} />}
    </div>
  )
}

function ThemeChoice() {
  const theme = useStore((now) => now.theme)
  const pick = (next: Theme): void => {
    applyTheme(next)
    patch({ theme: next })
  }
  return (
    <select className="field theme" aria-label="Theme" value={theme} onChange={(event) => pick(event.target.value as Theme)}>
      {THEMES.map((id) => <option key={id} value={id}>{THEME_TITLES[id]}</option>)}
    </select>
  )
}
