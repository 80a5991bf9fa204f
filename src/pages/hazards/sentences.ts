/** What the Hazards page says of each hazard. */
export const SENTENCES = { seeBite: 'See {known} bite' } as const
