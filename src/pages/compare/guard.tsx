/** A picture that cannot be drawn must not take the page with it: the text and the other bench go on. */
import { Component, type ReactNode } from 'react'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences.ts'

export class Guard extends Component<{ children: ReactNode; at: number }, { reason: string | null; at: number }> {
  override state = { reason: null, at: -1 }

  static getDerivedStateFromError(error: unknown) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }

  /** Another step is another picture, and gets its own try. */
  static getDerivedStateFromProps({ at }: { at: number }, state: { at: number }) {
    return at === state.at ? null : { at, reason: null }
  }

  override render() {
    if (this.state.reason === null) return this.props.children
    return (
      <div className="broken" role="alert">
        <p><Rich text={SENTENCES.notDrawn} parts={{ reason: this.state.reason }} /></p>
        <p className="fine">Step on or back; “Text” shows this step in words.</p>
      </div>
    )
  }
}
