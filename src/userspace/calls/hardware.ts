/**
 * What hardware may do at any time, written into a program so that it happens at a known moment. No program asks for any
 * of this, and none can: these lines are no calls of the process, they only stand where the event falls between its calls.
 */
import { mapping, number, type Args, type Ask, type Call, type Place } from '../call.ts'

const over = (event: Extract<Ask, { ask: 'hardware' }>['event']) => (a: Args): Ask => {
  const { addr, rest } = a.addr as unknown as Place
  return { ask: 'hardware', event, addr, size: (a.length as number | null) ?? rest, stride: a.stride, run: a.run }
}
const range = [mapping('addr'), number('length', null), number('stride', 0), number('run', 64)]

export default [
  {
    name: 'evict', docs: 'No program asks for this; hardware may do it at any time: lines that came into the CPU\'s caches through this mapping leave. With a stride only some do: the first `run` bytes of each `stride`.',
    done: '**Lines have left the CPU\'s caches by themselves**, as they may at any time.', params: range, byItself: true, ask: over('evict'),
  },
  {
    name: 'evict_linear', docs: 'No program asks for this; hardware may do it at any time: lines leave the CPU\'s caches that the kernel\'s own cached mapping of these pages brought in, its zeros for example.',
    done: '**Lines that the kernel\'s own mapping had brought in have left the caches by themselves**.', params: range, byItself: true, ask: over('evict_linear'),
  },
  {
    name: 'prefetch', docs: 'No program asks for this; hardware may do it at any time: lines of a cached mapping come into the CPU\'s caches on speculation.',
    done: '**Lines have come into the CPU\'s caches by themselves**: what memory held just now.', params: range, byItself: true, ask: over('prefetch'),
  },
  {
    name: 'gpu_evict', docs: 'No program asks for this; hardware may do it at any time: lines of these pages leave the GPU\'s cache.',
    done: '**Lines have left the GPU\'s cache by themselves**.', params: range, byItself: true, ask: over('gpu_evict'),
  },
  {
    name: 'drain', docs: 'No program asks for this; hardware may do it at any time: what waits in the write-combine buffer of this process\'s core goes to memory.',
    done: '**The write-combine buffer has drained by itself**.', params: [], byItself: true, ask: (): Ask => ({ ask: 'hardware', event: 'drain', addr: 0, size: 0, stride: 0, run: 0 }),
  },
] satisfies Call[]
