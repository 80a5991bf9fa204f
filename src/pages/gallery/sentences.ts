/** What the gallery says of a moment that its run does not come to. */
export const SENTENCES = { drawing: 'The runs are made and drawn…', noMoment: '{title}: the run has no {event}.' } as const
