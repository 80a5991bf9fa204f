/** The machine that a row asks for: its class and what differs from it, and what memory holds at first. */
import type { CoherencyClass, Platform } from '../../hardware/hardware.ts'
import { misread, type Piece } from './failure.ts'

export interface Setting { readonly platform: Platform; /** The GPU's entries ask for outer shareability. */ readonly outer: boolean; readonly memory: Readonly<Record<string, number>> }

const CLASSES: readonly string[] = ['NC', 'IOC', 'FC', 'X86']
const OVERRIDES: Readonly<Record<string, readonly string[]>> = { dt: ['NC', 'COH'], gsh: ['IS', 'OS'], v: CLASSES, lin: ['wb', 'wc'] }

export function settingOf(cls: Piece, init: Piece): Setting {
  const [name, ...words] = cls.text.split(/\s+/)
  if (!CLASSES.includes(name!)) return misread(cls, 0, `there is no class "${name}"`, `Choose one of ${CLASSES.join(', ')}.`)
  const set: Record<string, string> = {}
  for (const word of words) {
    const [key, value] = word.split('=') as [string, string | undefined]
    if (!OVERRIDES[key]?.includes(value ?? '')) return misread(cls, cls.text.indexOf(word), `"${word}" says nothing known`, `Known here: ${Object.entries(OVERRIDES).map(([k, v]) => `${k}=${v.join('|')}`).join(', ')}.`)
    if (key in set) return misread(cls, cls.text.lastIndexOf(word), `${key} is said twice`, 'Say it once.')
    set[key] = value!
  }
  const x86 = name === 'X86'
  const platform: Platform = {
    id: 'litmus', title: cls.text, cls: name as CoherencyClass, devCls: { disp: 'NC', v: (set.v ?? name) as CoherencyClass },
    dtCoherent: { gpu: set.dt === undefined ? name !== 'NC' : set.dt === 'COH' }, ncAlias: x86 ? 'selfsnoop' : 'bypass', ivacDirty: 'either',
    linAlias: set.lin === 'wc' ? 'wc' : 'wb', wcEntries: 4, ucDrainsWc: x86, walkCoherent: name !== 'NC', cores: 2, dramBase: 0, leavesOut: '',
  }
  return { platform, outer: set.gsh !== 'IS', memory: memoryOf(init) }
}

function memoryOf(init: Piece): Record<string, number> {
  if (init.text === '-') return {}
  const found: Record<string, number> = {}
  const words = init.text.replace(/^mem\s+/, '')
  for (const word of words.split(/[\s,;]+/)) {
    const read = /^([A-Z])=(\d{1,15})$/.exec(word)
    if (!init.text.startsWith('mem ') || !read) return misread(init, init.text.indexOf(word), `"${word}" is no beginning of memory`, 'Write -, or mem X=9.')
    if (read[1]! in found) return misread(init, init.text.lastIndexOf(word), `memory of ${read[1]} is said twice`, 'Say it once.')
    found[read[1]!] = Number(read[2])
  }
  return found
}
