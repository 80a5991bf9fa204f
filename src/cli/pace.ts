/** How fast a long command goes: says how far it is once a second, when it takes longer than that, and at the end how fast it was. */

/** Milliseconds on the wall, and of processor time that all threads of this process have used. */
export interface Clock { wall(): number; cpu(): number }

export const realClock: Clock = {
  wall: () => performance.now(),
  cpu() {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
}

export interface Pace {
  /** So many are done by now. */
  reach(done: number): void
  /**
   * All that were done, how long it took, and how many that makes in a second: on the wall, and of one core, which other programs do not slow down;
   * and how fast the second half was, when the code is no longer new to the engine that runs it.
   */
  total(): string
}

const EVERY = 1000

/** `say` is given a line for the reader who waits. The clocks begin here. */
export function paceOf(all: number, what: string, say: (line: string) => void, clock: Clock = realClock): Pace {
  const begun = { wall: clock.wall(), cpu: clock.cpu() }
  let said = begun.wall
  let reached = 0
  const perSecond = (count: number, ms: number): string => `${Math.round(count / (ms / 1000))} a second`
  const rate = (ms: number): string => `${(ms / 1000).toFixed(2)} s${ms > 0 ? ` (${perSecond(reached, ms)})` : ''}`
  let half: { readonly done: number; readonly wall: number } | null = null
  const secondHalf = (now: number): string => (half && reached > half.done && now > half.wall ? `; the second half at ${perSecond(reached - half.done, now - half.wall)}` : '')
  return {
    reach(done) {
      reached = done
      const now = clock.wall()
      if (half === null && done * 2 >= all) half = { done, wall: now }
      if (now - said <= EVERY) return
      said = now
      say(`  ${done} of ${all} ${what} so far`)
    },
    total() {
      const now = clock.wall()
      return `${reached} ${what} in ${rate(now - begun.wall)}, in ${rate(clock.cpu() - begun.cpu)} of processor time on all threads${secondHalf(now)}`
    },
  }
}
