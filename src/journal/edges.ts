/** References as a snapshot shows them, held against the counters and names that should agree with them. Answers are lists of sentences; empty: all is well. */
import { fill } from '../base/fill.ts'
import { SENTENCES } from './sentences-transcript.ts'
import type { Snapshot } from './snapshot.ts'
import { get, all } from './snapshot.ts'
import type { Id } from './vocabulary.ts'

/** Fields of any object that count references to it. */
const COUNTED = ['fCount', 'refcount', 'handleCount', 'pagesUse', 'pagesPin'] as const

/** Counters that are not the number of references, lost ones included. */
export function wrongCounts(snapshot: Snapshot): string[] {
  const edges = new Map<string, number>()
  for (const [, { to, counter }] of all(snapshot, 'ref')) if (counter) edges.set(`${to} ${counter}`, (edges.get(`${to} ${counter}`) ?? 0) + 1)
  const wrong: string[] = []
  for (const [id, record] of snapshot.records) {
    for (const counter of COUNTED) {
      const count = record[counter]
      const held = edges.get(`${id} ${counter}`) ?? 0
      if (typeof count === 'number' && count !== held) wrong.push(fill(SENTENCES.wrongCount, { id, counter, count, held }))
      edges.delete(`${id} ${counter}`)
    }
  }
  return [...wrong, ...[...edges.keys()].map(key => fill(SENTENCES.uncounted, { key }))]
}

/** References from or to an object that is not there. A task holds what it is in the middle of while it runs in the kernel; boot holds nothing that ends. */
export function danglingRefs(snapshot: Snapshot): string[] {
  return all(snapshot, 'ref').flatMap(([id, { from, to }]) => [from, to].filter(end => !snapshot.records.has(end)).map(end => fill(SENTENCES.dangling, { id, end })))
}

/** Names that an object has for another, and the reference that goes with each name. */
export function unheldNames(snapshot: Snapshot): string[] {
  const wrong: string[] = []
  const expectEdge = (from: Id, name: readonly (string | number)[], to: Id | null): void => {
    const slot = name.join(' ')
    const edge = get(snapshot, `ref:${from}/${slot}`)
    if (to !== null && edge?.to !== to) wrong.push(fill(SENTENCES.otherHeld, { from, to, slot, held: edge?.to ?? SENTENCES.nothing }))
    if (to === null && edge && !edge.lost) wrong.push(fill(SENTENCES.noneNamed, { from, slot, held: edge.to }))
  }
  for (const [id, task] of all(snapshot, 'task')) for (const [fd, { file }] of Object.entries(task.fds)) expectEdge(id, ['fd', fd], file)
  for (const [id, vma] of all(snapshot, 'vma')) expectEdge(id, ['vm_file'], vma.file)
  for (const [id, gem] of all(snapshot, 'gem')) expectEdge(id, ['dma_buf'], gem.dmaBuf && get(snapshot, gem.dmaBuf)!.file)
  for (const [id, drmFile] of all(snapshot, 'drm_file')) {
    for (const [handle, gem] of Object.entries(drmFile.handles)) expectEdge(id, ['handle', handle], gem)
    for (const { handle, dmaBuf } of drmFile.prime) expectEdge(id, ['prime', handle], get(snapshot, dmaBuf)!.file)
  }
  return wrong
}
