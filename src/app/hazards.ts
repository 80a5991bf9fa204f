/** The list of hazards that the machine watches for, and links to the moments at which they bite. */
import { create } from 'zustand'
import { fill } from '../base/fill.ts'
import type { HazardChoice } from '../journal/run.ts'
import { connect, type Wire } from '../worker/client.ts'
import { STORY, write } from './address.ts'
import { SENTENCES } from './sentences-later.ts'

export interface Hazards {
  /** null: on its way. */
  readonly hazards: readonly HazardChoice[] | null
  /** What went wrong, and what to do about it. */
  readonly problem: string | null
}
export const useHazards = create<Hazards>(() => ({ hazards: null, problem: null }))

let wire: Wire | null = null

/** Asks the machine once; what it answers stays. */
export function fetchHazards(): void {
  if (wire || useHazards.getState().hazards) return
  const over = (said: Partial<Hazards>): void => {
    wire?.close()
    wire = null
    useHazards.setState(said)
  }
  wire = connect(
    (message) => { if (message.type === 'hazards') over({ hazards: message.hazards, problem: null }) },
    (reason) => over({ problem: fill(SENTENCES.listStopped, { reason }) }),
  )
  wire.hazards()
}

/** Opens a hazard's run where it bites: `#scenario=wrong-direction&variants=V21&platform=rk3399&find=H9`. */
export const hazardLink = ({ known, recipe }: Pick<HazardChoice, 'known' | 'recipe'>): string => write({ ...STORY, recipes: [recipe], find: known })
