/**
 * The events that a reader stops at by default: what a call does, without its small print. At most about 80 of them in the
 * story; every refusal is one, whoever refuses.
 */
const NAMED: readonly string[] = [
  'call.leave', 'landmark', 'line.skip', 'trap.skip', 'task.block', 'task.exit', 'run.stuck', 'mesa.abort', 'signal.kill', 'ref.lost',
  'gem.create', 'gem.free', 'dmabuf.export', 'dmabuf.release', 'dmabuf.attach', 'dmabuf.map', 'dmabuf.detach', 'fd.send', 'import.create',
  'mmap.owner', 'dma.mmap', 'mmap.done', 'fault.insert', 'fault.dirty', 'again', 'fault.bug', 'bo.map', 'job.read', 'job.write', 'job.fault', 'fence.signal', 'iopt.map', 'iopt.unmap', 'mmu.fault', 'display.scanout',
]

export const stopsAmong = (events: Iterable<string>): readonly string[] => [...new Set([...NAMED, ...[...events].filter(event => event.includes('.refused'))])]
