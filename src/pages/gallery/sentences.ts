/** What the gallery says of a moment that its run does not come to. */
export const SENTENCES = { noMoment: '{title}: the run has no {event}.' } as const
