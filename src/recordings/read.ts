/** A recording as it lies in a file: what kernel answered to which sequences of calls. What cannot be read is said with place and remedy. */
import { fill } from '../base/fill.ts'
import { brokenAt, lineAndColumn, placeIn } from './json-place.ts'
import type { Node, Op, Result } from './ops.ts'
import { SENTENCES } from './sentences.ts'

export interface Sequence { readonly name: string; readonly ops: readonly Op[]; readonly results: readonly Result[]; readonly left?: number; readonly title?: string; readonly log?: readonly string[] }
export interface Recording { readonly file: string; readonly kernel: string; readonly nodes: readonly Node[]; readonly sequences: readonly Sequence[] }

/** What is wrong with a text, where, and what to do about it. */
export class Malformed extends Error {
  readonly place: string
  readonly remedy: string
  constructor(file: string, place: string, remedy: string) {
    super(`${file}: ${place}. ${remedy}`)
    this.place = `${file}: ${place}.`
    this.remedy = remedy
  }
}
export const malformed = (file: string, place: string, remedy: string): never => {
  throw new Malformed(file, place, remedy)
}

export function readRecording(file: string, text: string): Recording {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    const at = brokenAt(text)
    return malformed(file, lineAndColumn(text, at), at >= text.length ? SENTENCES.endsEarly : SENTENCES.noSense)
  }
  const wrong = (path: readonly (string | number)[], what: string, remedy: string): never => malformed(file, `${placeIn(text, path)}, ${what}`, remedy)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return wrong([], 'the text', 'A recording is an object with format, kernel, devices and sequences.')
  const { format, kernel, devices, sequences } = json as Record<string, unknown>
  if (format !== 1) wrong(['format'], 'field "format"', 'Only format 1 is known; put 1 there.')
  if (typeof kernel !== 'string') return wrong(['kernel'], 'field "kernel"', 'Name the release as text, for example "6.1.192".')
  const nodes = (devices as { nodes?: Node[] } | undefined)?.nodes
  if (!Array.isArray(nodes)) return wrong(['devices', 'nodes'], 'field "devices.nodes"', 'List the device nodes with driver, node and minor.')
  nodes.forEach((n, i) => {
    if (typeof n?.driver !== 'string' || typeof n.node !== 'string' || typeof n.minor !== 'number') wrong(['devices', 'nodes', i], `devices.nodes[${i}]`, 'A node has driver, node (card or render) and minor.')
  })
  if (!Array.isArray(sequences)) return wrong(['sequences'], 'field "sequences"', 'List the sequences, each with name, ops and results.')
  sequences.forEach((s: Sequence, i) => {
    const here = ['sequences', i]
    const which = typeof s?.name === 'string' ? fill(SENTENCES.sequenceNamed, { number: i + 1, name: s.name }) : fill(SENTENCES.sequence, { number: i + 1 })
    if (typeof s?.name !== 'string') wrong(here, which, 'Give it a "name".')
    if (!Array.isArray(s.ops) || !Array.isArray(s.results)) wrong(here, which, 'It needs the lists "ops" and "results".')
    if (s.ops.length !== s.results.length) wrong(here, which, fill(SENTENCES.counts, { ops: s.ops.length, results: s.results.length }))
    s.ops.forEach((op, n) => { if (typeof op?.op !== 'string') wrong([...here, 'ops', n], fill(SENTENCES.op, { sequence: which, number: n + 1 }), 'Every op has a field "op".') })
    s.results.forEach((result, n) => { if (typeof result?.r !== 'string') wrong([...here, 'results', n], fill(SENTENCES.result, { sequence: which, number: n + 1 }), 'Every result has a field "r".') })
  })
  return { file, kernel, nodes, sequences: sequences as Sequence[] }
}
