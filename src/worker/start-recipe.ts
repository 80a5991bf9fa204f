/** A recipe as a machine that stands before its first step: the same in the worker, in Node and in tests. */
import { PAGE_SIZE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { classOf, partyIn, type Hardware, type Platform } from '../hardware/hardware.ts'
import type { HardwareShape, Recipe, RunHeader } from '../journal/run.ts'
import { exporters } from '../kernel/exporter-shelf.ts'
import { drivers } from '../kernel/boot.ts'
import type { Blueprint } from '../machine/blueprint.ts'
import { boot } from '../machine/boot.ts'
import { pictureBytes } from '../machine/scenario.ts'
import type { Run } from '../machine/run.ts'
import { innerKey, mayLeaveOut, partsOf } from '../journal/leave-out.ts'
import { listingOf } from '../machine/script.ts'
import type { Picture } from '../machine/verdict.ts'
import { readProgram } from '../userspace/program/check.ts'
import { choose, sayChoice, type Chosen } from './choose.ts'
import type { Problem } from './protocol.ts'
import { SENTENCES } from './sentences.ts'

export interface Started {
  readonly header: RunHeader
  readonly run: Run
  readonly problems: readonly Problem[]
  readonly chosen: Chosen
  tick(): boolean
  /** What its last picture should be; null: nobody has said. */
  readonly picture: Picture | null
}

/** More steps than any story has; a run that reaches it stops and says so. */
export const MOST_STEPS = 200_000

/** The scenario's program for this exporter, with the variant's own lines in it. */
const ownProgram = ({ scenario: { id }, program, variant }: Chosen): string => variant?.program?.(program, id) ?? program
const pictureOf = ({ scenario }: Chosen, lines?: number): Picture | null => scenario.picture === null ? null : { name: scenario.picture, sizeBytes: pictureBytes(scenario, lines) }

/** What a search adds to a machine: the hash of its states, and a watch on its hardware. */
export interface Watched { readonly hashing: boolean; watch(own: Hardware): Hardware }

/** The machine of a recipe, booted and standing before its first step. */
export function startRecipe(recipe: Recipe, watched?: Watched): Started | { readonly problem: Problem } {
  const chosen = choose(recipe)
  const own = ownProgram(chosen)
  const text = recipe.program ?? own
  const { program, mistakes } = readProgram(text)
  const [first] = mistakes
  if (first) return { problem: { message: first.message, remedy: first.remedy, line: first.at.line, column: first.at.column } }
  const { ids } = chosen
  const { mode = 'scripted', seed, lines, skip: leftOut } = recipe
  const picks = recipe.picks ?? (text === own && mode === 'scripted' ? chosen.scenario.picks : undefined)
  const { blueprint } = chosen
  const hardware = watched ? (own: Hardware): Hardware => watched.watch(blueprint.hardware?.(own) ?? own) : blueprint.hardware
  const run = boot({ ...blueprint, ...(hardware && { hardware }) }, program, { mode, seed, picks, lines, leftOut, hashing: watched?.hashing ?? false }, text === chosen.scenario.program ? undefined : readProgram(chosen.scenario.program).program)
  const { world } = run
  const header: RunHeader = {
    recipe,
    chosen: ids,
    title: chosen.variant?.title ?? [ids.flags, ids.path, ids.kernel].join(' · '),
    program: text,
    listing: listingOf(run.script),
    start: world.steps.length,
    firstPfn: chosen.blueprint.platform.dramBase / PAGE_SIZE,
    hardware: shapeOf(chosen.blueprint),
    devices: chosen.blueprint.devices.map(({ driver, card, role }) => ({ id: `device:${card}`, driver, title: titleOf(card, role), inShort: drivers[driver]!.inShort })),
    exporters: exporters.map(({ kind, inShort }) => ({ kind, inShort })),
    leavesOut: [chosen.blueprint.platform.leavesOut, unchecked(chosen.blueprint.platform), ...chosen.parts.map(p => p.leavesOut ?? '')].filter(text => text !== ''),
  }
  // Of an edited program nobody has said what its picture should be.
  const picture = text === own ? pictureOf(chosen, lines) : null
  return { header, run, problems: [...chosen.problems, ...unknownCalls(recipe, header)], chosen, picture, tick: () => world.steps.length < MOST_STEPS && run.tick() }
}

function unknownCalls({ skip = [] }: Recipe, { listing }: RunHeader): Problem[] {
  const keys = listing.flatMap(({ lines }) => lines.map(({ key }) => key))
  return skip.flatMap((key): Problem[] => {
    const { line, inner } = partsOf(key)
    if (!keys.includes(line)) return [{ message: sayChoice('noCall', { line }), remedy: sayChoice('knownCalls', { first: keys[0] ?? '', last: keys.at(-1) ?? '' }) }]
    return inner === null || mayLeaveOut(inner) ? [] : [{ message: sayChoice('needed', { inner, line }), remedy: sayChoice('leaveOther', { line, inner: innerKey(line, 'DMA_BUF_IOCTL_SYNC') }) }]
  })
}

/** What is told of the machine and nobody looked up. */
const unchecked = ({ board }: Platform): string => (board?.unverified.length ? fill(SENTENCES.unchecked, { what: board.unverified.join('; ') }) : '')

function shapeOf({ platform, devices }: Blueprint): HardwareShape {
  const display = devices.find(device => device.role === 'exporter')?.driver ?? ''
  return { cls: platform.cls, displayCls: classOf(platform, partyIn(platform, display, 'display')), cores: platform.cores, wcEntries: platform.wcEntries, ...(platform.cpuTables && { cpuTables: platform.cpuTables.format.id }), ...(platform.board && { title: platform.title, board: platform.board }) }
}

const titleOf = (card: string, role: string): string => (role === 'exporter' ? fill(SENTENCES.display, { card }) : role === 'importer' ? fill(SENTENCES.gpu, { card }) : card)
