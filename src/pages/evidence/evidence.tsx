/** The Evidence page: replays recordings of real kernels in the visitor's own browser, and says where the simulated kernel answers alike. */
import { useEffect, useSyncExternalStore } from 'react'
import { fetchList, replayAll, useEvidence } from '../../app/evidence.ts'
import { keysOf } from '../../app/evidence-link.ts'
import { SidePage } from '../compare/side-page.tsx'
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
  const keys = keysOf(useHash())
  const [file, sequence, op] = [keys.get('file'), keys.get('sequence'), keys.get('op')]
  const looking = file !== undefined && sequence !== undefined
  useEffect(() => {
    // Who opens a link to one sequence asks for that one; everybody else asks for all.
    if (looking) fetchList()
    else if (useEvidence.getState().phase === 'idle') void replayAll()
  }, [looking])
  return (
    <SidePage name="Evidence" title="Bufscope: evidence" className="evidence">
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
      {looking && <SequenceView key={`${file} ${sequence}`} file={file} sequence={sequence} op={op === undefined ? null : Number(op)} />}
    </SidePage>
  )
}
