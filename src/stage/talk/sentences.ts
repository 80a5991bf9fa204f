/** What a drawing says in a talk: the strips beside the enlarged floor. As in ../sentences.ts. */
export const SENTENCES = {
  enlarged: 'Stage of {title}, {floor} enlarged',
  doing: 'process {name}: {what}',
  gemObject: 'GEM object {letter}',
  strip: 'hardware: DRAM {dram}, display {display}',
} as const
