/** A form in which a moment or a range of steps can be taken along: one file on the shelf `forms/`. */
import { fill } from '../base/fill.ts'
import { SENTENCES } from './sentences.ts'
import type { Taking } from './taking.ts'

export interface Form {
  readonly id: string
  readonly title: string
  /** What it is good for, in one sentence. */
  readonly why: string
  readonly of: 'moment' | 'range'
  /** Smaller ones are offered first. */
  readonly order: number
  readonly type: string
  /** Name of the file. */
  readonly file: (taking: Taking) => string
  /** Short enough for a clipboard, and of use there. */
  readonly copies?: true
  /** A document that can go to the printer. */
  readonly prints?: true
  /** Without looking at the range: `make` below does. */
  readonly make: (taking: Taking) => string | Promise<Blob>
  /** Most steps that it takes; absent: any number. */
  readonly most?: number
}

export const form = (made: Form): Form => made

/** The range is longer than the form can hold. Says how much it can. */
export class TooMuch extends Error {}

/** Makes the file, after looking at the range. */
export async function make(wanted: Form, taking: Taking): Promise<Blob | string> {
  const count = taking.to - taking.from + 1
  if (wanted.of === 'range' && count < 1) throw new TooMuch(fill(SENTENCES.fromAfterTo, taking))
  if (wanted.most !== undefined && count > wanted.most) throw new TooMuch(fill(SENTENCES.tooMany, { title: wanted.title, most: wanted.most, count }))
  return wanted.make(taking)
}
