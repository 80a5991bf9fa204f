/** The index of witnesses: fetched when somebody first asks what confirms a step, then kept. */
import { useEffect, useState } from 'react'
import type { WitnessIndex } from '../journal/witness.ts'
import { fetchText } from './packed.ts'

let asked: Promise<WitnessIndex> | null = null

function load(): Promise<WitnessIndex> {
  asked ??= fetchText('recordings/witnesses.json.gz').then((text) => JSON.parse(text) as WitnessIndex).catch((error: unknown) => {
    // The next reader who asks may have more luck.
    asked = null
    throw error
  })
  return asked
}

/** null while it is on its way; a text says why it cannot be had. */
export function useWitnesses(): WitnessIndex | string | null {
  const [index, set] = useState<WitnessIndex | string | null>(null)
  useEffect(() => {
    let here = true
    load().then((found) => here && set(found), (error: unknown) => here && set((error as Error).message))
    return () => { here = false }
  }, [])
  return index
}
