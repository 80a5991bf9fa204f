/** The events that a reader stops at by default: what a call does, without its small print. */
export const STOPS: readonly string[] = ['call.leave', 'trap.enter', 'mmap.refused.mode', 'line.skip', 'landmark']
