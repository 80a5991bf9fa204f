/** How this page writes numbers and names. */
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences.ts'

/** 63,575. */
export const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

export const bytesText = (bytes: number): string => (bytes < 1000 ? fill(SENTENCES.bytes, { count: bytes }) : fill(SENTENCES.kilobytes, { count: Math.round(bytes / 1000) }))

/** `6.1.192`: the release without remarks. */
export const releaseOf = (kernel: string): string => kernel.replace(/\s*\(.*$/, '')
export const remarksOf = (kernel: string): string => /\((.*)\)\s*$/.exec(kernel)?.[1] ?? ''
