/** What lies in a range of addresses: which areas, whose pages they show, and what may be done with them. */
import { fill } from '../base/fill.ts'
import { listed } from '../base/listed.ts'
import { SENTENCES } from './sentences-situation.ts'
import type { Fact } from './situation.ts'
import { get, type Snapshot } from './snapshot.ts'
import type { Id } from './vocabulary.ts'

/** The areas of a process that a range touches, in order. */
export function areasIn(before: Snapshot, task: Id<'task'>, from: number, length: number): readonly Id<'vma'>[] {
  return (get(before, task)?.vmas ?? []).filter(id => {
    const { start, end } = get(before, id)!
    return start < from + length && end > from
  })
}

/** A part of an area, all of it, several, or addresses where nothing is mapped. */
function extentOf(before: Snapshot, areas: readonly Id<'vma'>[], from: number, length: number): string {
  if (areas.length === 0) return 'nothing is mapped there'
  const [first, last] = [get(before, areas[0]!)!, get(before, areas.at(-1)!)!]
  const covered = areas.reduce((sum, id) => sum + Math.min(get(before, id)!.end, from + length) - Math.max(get(before, id)!.start, from), 0)
  const extent = areas.length > 1 ? 'several areas' : first.start >= from && last.end <= from + length ? 'one area' : 'a part of an area'
  return covered < length ? fill(SENTENCES.withHoles, { extent }) : extent
}

/** `length`: null for an access, of which only the place matters. */
export function rangeFacts(
  before: Snapshot, areas: readonly Id<'vma'>[], from: number, length: number | null, file: (id: Id<'file'> | undefined) => string, object: (id: Id<'gem'> | null) => string,
): readonly Fact[] {
  const shown = new Set(areas.map(id => {
    const { file: behind, priv, flags, pgoff, start } = get(before, id)!
    const gem = priv?.startsWith('gem:') ? get(before, priv as Id<'gem'>) : undefined
    const own = behind !== null && get(before, behind)?.kind === 'drm'
    const may = ['rd', 'wr', 'mw', 'sh', 'ms'].filter(flag => flags.includes(flag)).join(' ')
    const shows = pgoff === 0 || (own && pgoff === gem?.offset) ? 'from its start' : 'from further in'
    const page = length === null ? `, ${from - start < 4096 ? 'first page' : 'later page'}` : ''
    return `${file(behind ?? undefined)}${own ? `, ${object(gem ? (priv as Id<'gem'>) : null)}` : ''}; ${may}; ${shows}${page}`
  }))
  return [...(length === null ? [] : [['range', length === 0 ? 'empty' : from % 4096 !== 0 ? 'not at a page' : extentOf(before, areas, from, length)] as Fact]), ['area', listed([...shown]) || 'none']]
}
