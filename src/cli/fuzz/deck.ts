/**
 * What a program made by chance has so far: names with what they should stand for, by process, and the choice among them.
 * A rough idea is enough: most lines should work, and some must not.
 */
import type { DeviceSpec } from '../../machine/blueprint.ts'
import type { Dice } from '../../machine/random-program.ts'

/** One line, and whose it is. */
export interface Line { readonly process: string; readonly text: string }

/** What a name stands for if all went well. */
export interface Known {
  readonly name: string
  /** As calls say what they give: `fd`, `handle`, `offset`, `mapping`, `buffer`… */
  readonly gives: string
  /** Of a descriptor, what kind of file: `drm vgem`, `dmabuf`, `memfd`, `sync_file`, `heap`, `udmabuf`, `null`. */
  readonly file: string
  /** The descriptor that it belongs to; '' for none. */
  readonly on: string
  readonly pages: number
  /** The processes that have it. */
  readonly owners: Set<string>
}

export interface Deck {
  readonly dice: Dice
  readonly devices: readonly DeviceSpec[]
  readonly processes: readonly string[]
  /** Processes that run now. */
  readonly alive: Set<string>
  readonly known: Known[]
  readonly lines: Line[]
  /** Whose line is written. */
  process: string
  next: number
  /** The line drawn needs something that is not there. */
  missing: boolean
}

export const WILD = ['-1', '0', '1', '3', '7', '99', '4095', '4096', '0xfff', '0x100000', '0xffffffff', '4294967296', '9007199254740991', '0x7fffffffffff', '-4096']

/** A name that fits, mostly a late one. */
export function pick(d: Deck, fits: (known: Known) => boolean): Known | null {
  const fitting = d.known.filter(known => known.owners.has(d.process) && fits(known))
  if (fitting.length === 0) return null
  return d.dice.of(d.dice.chance(70) ? fitting.slice(-4) : fitting)
}

/** As it is written. Now and then another name or any number stands there. */
export function written(d: Deck, known: Known | null, wild = 4): string {
  d.missing ||= known === null
  if (known !== null && !d.dice.chance(wild)) return known.name
  return d.known.length > 0 && d.dice.chance(50) ? d.dice.of(d.known).name : d.dice.of(WILD)
}

/** The line names its answer. */
export function give(d: Deck, made: Omit<Known, 'name' | 'owners'>, call: string): string {
  const name = d.dice.chance(1) && d.known.length > 0 ? d.dice.of(d.known).name : `${made.gives[0]}${d.next++}`
  const at = d.known.findIndex(known => known.name === name)
  if (at >= 0) d.known.splice(at, 1)
  d.known.push({ ...made, name, owners: new Set([d.process]) })
  return `${name} = ${call}`
}

/** The whole text. Names are shared, so that a line means the same wherever it stands; the schedule keeps the order in which lines were drawn. */
export function textOf({ processes, lines }: { readonly processes: readonly string[]; readonly lines: readonly Line[] }, scheduled: boolean): string {
  const names = new Set(lines.flatMap(({ text }) => text.match(/\b[a-z]\d+\b/g) ?? []))
  const turns: string[] = []
  for (let i = 0; i < lines.length; ) {
    let count = 1
    while (lines[i + count]?.process === lines[i]!.process) count++
    turns.push(`${lines[i]!.process}*${count}`)
    i += count
  }
  return [
    ...(names.size > 0 ? [`shared ${[...names].join(' ')}`] : []),
    ...processes.map((name, i) => `process ${name}${i === 0 ? '' : ' later'} {\n${lines.filter(line => line.process === name).map(({ text }) => `  ${text}\n`).join('')}}`),
    ...(scheduled && turns.length > 0 ? [`schedule ${turns.join(' ')}`] : []),
  ].join('\n')
}
