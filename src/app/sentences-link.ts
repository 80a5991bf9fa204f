/** What is said of a link that could not be followed to the letter: fetched with the first one. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  manyVariants: 'The link names {count} variants. Opened the first {most}.',
  noDepth: 'There is no depth “{wanted}”. Opened depth {depth}.',
  noView: 'There is no view “{wanted}”. Opened the whole page.',
  noZoom: 'The zoom “{wanted}” of this link could not be read. Opened the whole stage.',
  noMode: 'There is no mode “{wanted}”. Opened as it is written.',
  noSeed: 'There is no seed “{wanted}”. Opened seed 1.',
  noLines: 'There is no buffer of “{wanted}” lines. Opened a whole page.',
  noPicks: 'The picks of this link could not be read. Opened without.',
  noChoice: 'There is no {axis} “{wanted}”. Opened {near} instead.',
  noProgram: 'The edited program of this link could not be read. Opened the scenario\'s own text.',
  unreadStep: 'The link names no readable step. Opened step 0.',
  otherModel: 'This link was made with model {model}; this page has {here}, so its steps may stand elsewhere.',
  noObject: 'Nothing in these runs is called {id}. Opened without a selection.',
  noLandmark: 'These runs have no landmark “{wanted}”. Opened step 0.',
  noStep: 'There is no step {wanted}: these runs have {count}. Opened the last one.',
  noHazard: 'Hazard {known} is not seen in these runs. Opened step 0.',
} as const
