/** The Evidence page's own state: what is fetched, how far the replay is, what it came to. It outlives a look at another page. */
import { create } from 'zustand'
import { fill } from '../base/fill.ts'
import type { Disagreement, GivenRecording, PlayedSequence, RecordingFile, ReleaseTally, ReplayProgress, SequenceFound } from '../journal/evidence.ts'
import { connect, type Wire } from '../worker/client.ts'
import type { Response } from '../worker/protocol.ts'
import { fetchText, textOf } from './packed.ts'
import { SENTENCES } from './sentences-later.ts'

export type Phase = 'idle' | 'fetching' | 'replaying' | 'over' | 'cancelled' | 'failed'

export interface Evidence {
  readonly phase: Phase
  /** What there is; null while the list is on its way. */
  readonly files: readonly RecordingFile[] | null
  /** Whose recordings are replayed: the page's, or files that the visitor gave, by name. */
  readonly own: readonly string[]
  readonly fetched: number
  readonly done: number
  readonly all: number
  readonly releases: readonly ReleaseTally[]
  readonly sequences: readonly PlayedSequence[]
  readonly disagreements: readonly Disagreement[]
  readonly seconds: number
  /** What went wrong, and what to do about it. */
  readonly problem: string | null
}

const NOTHING = { fetched: 0, done: 0, all: 0, releases: [], sequences: [], disagreements: [], seconds: 0, problem: null }
export const useEvidence = create<Evidence>(() => ({ phase: 'idle', files: null, own: [], ...NOTHING }))
const { getState: state, setState: patch } = useEvidence

/** Texts that were fetched or given, by name without ending. */
const texts = new Map<string, string>()
export const plainName = (file: string): string => file.replace(/\.json(\.gz)?$/, '')

let wire: Wire | null = null
let run = 0
/** The run that replays, among all questions asked. */
let replaying = 0
let begun = 0
const answers = new Map<number, (message: Response) => void>()

function worker(): Wire {
  wire ??= connect((message) => {
    if ('run' in message) answers.get(message.run)?.(message)
  }, (reason) => {
    wire?.close()
    wire = null
    patch({ phase: 'failed', problem: fill(SENTENCES.replayStopped, { reason }) })
  })
  return wire
}

let stopFetching: AbortController | null = null

export function cancel(): void {
  stopFetching?.abort()
  worker().cancel(replaying)
  answers.delete(replaying)
  patch({ phase: 'cancelled', seconds: (performance.now() - begun) / 1000 })
}

async function listed(signal?: AbortSignal): Promise<readonly RecordingFile[]> {
  const known = state().files
  if (known) return known
  const files = JSON.parse(await fetchText('recordings/index.json', signal)) as readonly RecordingFile[]
  patch({ files })
  return files
}

async function textFor(file: string, signal?: AbortSignal): Promise<string> {
  const name = plainName(file)
  const text = texts.get(name) ?? await fetchText(`recordings/${name}.json.gz`, signal)
  texts.set(name, text)
  return text
}

/** Fetches all recordings of the page and replays them. */
export async function replayAll(): Promise<void> {
  stopFetching?.abort()
  const stop = (stopFetching = new AbortController())
  begun = performance.now()
  patch({ phase: 'fetching', own: [], ...NOTHING })
  try {
    const files = await listed(stop.signal)
    patch({ all: files.reduce((sum, { ops }) => sum + ops, 0) })
    const given = await Promise.all(files.map(async ({ file }) => {
      const text = await textFor(file, stop.signal)
      patch({ fetched: state().fetched + 1 })
      return { file: plainName(file), text }
    }))
    start(given)
  } catch (error) {
    if (!stop.signal.aborted) patch({ phase: 'failed', problem: (error as Error).message })
  }
}

/** Replays files of the visitor's. */
export async function replayOwn(files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  if (state().phase === 'fetching' || state().phase === 'replaying') cancel()
  begun = performance.now()
  patch({ ...NOTHING, own: files.map(({ name }) => name), phase: 'fetching' })
  const given: GivenRecording[] = []
  for (const file of files) {
    try {
      const text = await textOf(await file.arrayBuffer())
      texts.set(plainName(file.name), text)
      given.push({ file: plainName(file.name), text })
    } catch {
      patch({ phase: 'failed', problem: fill(SENTENCES.notPacked, { file: file.name }) })
      return
    }
  }
  start(given)
}

function start(given: readonly GivenRecording[]): void {
  const number = (replaying = ++run)
  answers.set(number, (message) => {
    if (message.type === 'problem') {
      answers.delete(number)
      patch({ phase: 'failed', problem: `${message.problem.message} ${message.problem.remedy}` })
    } else if (message.type === 'replayed') told(number, message.progress, message.over)
  })
  patch({ phase: 'replaying' })
  worker().replay(number, given)
}

function told(number: number, { done, all, releases, sequences, disagreements }: ReplayProgress, over: boolean): void {
  if (over) answers.delete(number)
  patch({ done, all, releases, disagreements, sequences: [...state().sequences, ...sequences], seconds: (performance.now() - begun) / 1000, ...(over && { phase: 'over' }) })
}

/** One sequence from close, or why it cannot be shown. */
export async function lookAt(file: string, sequence: string): Promise<SequenceFound | string> {
  try {
    const text = await textFor(file)
    const number = ++run
    return await new Promise((answer) => {
      answers.set(number, (message) => {
        answers.delete(number)
        if (message.type === 'problem') answer(`${message.problem.message} ${message.problem.remedy}`)
        else answer(message.type === 'sequence' && message.found ? message.found : fill(SENTENCES.noSequence, { file, sequence }))
      })
      worker().sequence(number, { file, text, sequence })
    })
  } catch (error) {
    return (error as Error).message
  }
}

/** The list of recordings, for a visitor who has not replayed any. */
export const fetchList = (): void => void listed().catch((error: unknown) => patch({ phase: 'failed', problem: (error as Error).message }))
