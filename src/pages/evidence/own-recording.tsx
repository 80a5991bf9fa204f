/** A place to drop recordings of the visitor's own, and a button for those who do not drop. */
import { FileUp } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'
import { replayOwn } from '../../app/evidence.ts'

export function OwnRecording() {
  const field = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    void replayOwn([...event.dataTransfer.files])
  }
  return (
    <section
      className="card drop" aria-label="Your own recording" data-over={over}
      onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}
    >
      <h2>Your own recording</h2>
      <p className="fine">Drop a recording here (JSON of format 1, plain or gzip), made on a kernel of yours. It is replayed alone and stays in your browser.</p>
      <button className="button" onClick={() => field.current?.click()}><FileUp aria-hidden />Choose a file</button>
      <input
        ref={field} className="unseen" type="file" multiple accept=".json,.gz,application/json,application/gzip" aria-label="Recording to replay" tabIndex={-1}
        onChange={(event) => {
          void replayOwn([...(event.target.files ?? [])])
          // The same file may be chosen again after it was mended.
          event.target.value = ''
        }}
      />
    </section>
  )
}
