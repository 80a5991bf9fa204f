/**
 * Files on their way between processes: every process has one mailbox.
 * Mirrors: the queue of a Unix socket with SCM_RIGHTS (unix_attach_fds, unix_destruct_scm). Leaves out: the socket itself, bytes, credentials.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { putFile } from './file.ts'
import { holds, take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects {
    /** The files on their way to a process, oldest first, each by the call that sent it. */
    mailbox: { messages: readonly string[] }
  }
  interface Events { 'mailbox.open': { task: Id<'task'> }; 'mailbox.close': { task: Id<'task'> }; 'message.drop': { task: Id<'task'> } }
}
export const says: Says = {
  'mailbox.open': '{task} has a place where files can arrive.',
  'message.drop': 'Messages to {task} that nobody read are **dropped**.',
  'mailbox.close': 'What was still on its way to {task} is **dropped**.',
}

const slotOf = (message: string): string => `message ${message}`

export function mailboxOf(k: Kernel, task: Id<'task'>): Id<'mailbox'> {
  const box: Id<'mailbox'> = `mailbox:${task.slice(5)}`
  if (!k.world.has(box)) {
    k.world.create(box, { messages: [] })
    k.world.emit('mailbox.open', { task })
  }
  return box
}

export function postFile(k: Kernel, to: Id<'task'>, file: Id<'file'>): void {
  const box = mailboxOf(k, to)
  const { messages } = k.world.get(box)
  k.world.set(box, 'messages', [...messages, k.world.call])
  take(k.world, box, slotOf(k.world.call), file, 'fCount')
}

/** The oldest file on its way here, if any; the message goes on holding it until `forget`. */
export function oldestFile(k: Kernel, box: Id<'mailbox'>): { file: Id<'file'>; forget: () => void } | undefined {
  const [first, ...rest] = k.world.get(box).messages
  if (first === undefined) return undefined
  k.world.set(box, 'messages', rest)
  return { file: holds(k.world, box, slotOf(first)) as Id<'file'>, forget: () => putFile(k, box, slotOf(first)) }
}

/** The process is gone. */
export function closeMailbox(k: Kernel, task: Id<'task'>): void {
  const letters: Id<'letterbox'> = `letterbox:${task.slice(5)}`
  if (k.world.has(letters)) {
    k.world.remove(letters)
    k.world.emit('message.drop', { task })
  }
  const box: Id<'mailbox'> = `mailbox:${task.slice(5)}`
  const record = k.world.find(box)
  if (!record) return
  for (const message of record.messages) putFile(k, box, slotOf(message))
  k.world.remove(box)
  k.world.emit('mailbox.close', { task })
}
