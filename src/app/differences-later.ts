/** Where runs differ, once it has come: a first step can be taken without. */
type Differences = typeof import('./differences.ts')

export let differences: Differences | null = null
let coming: Promise<void> | null = null

/** Where the connection is gone the runs stand side by side unmarked, and it is asked for again. */
export function bringDifferences(): Promise<void> {
  coming ??= import('./differences.ts').then((all) => { differences = all }, () => { coming = null })
  return coming
}
