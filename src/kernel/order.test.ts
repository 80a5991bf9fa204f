/** The order in which the kernel checks and lets go, flavour by flavour. */
import { describe, expect, test } from 'vitest'
import { is } from '../journal/step.ts'
import { base } from '../machine/base.ts'
import { boot } from '../machine/boot.ts'
import { readProgram } from '../userspace/program/check.ts'
import type { World } from '../world/world.ts'
import { flavours } from './flavours.ts'

/** Runs a program on an exporting display (card0) and a panfrost (card1, renderD128). */
function run(kernel: string, text: string, exporter = 'rockchip'): World {
  const { program, mistakes } = readProgram(text)
  expect(mistakes.map(m => m.message)).toEqual([])
  const machine = boot({ ...base, kernel: flavours[kernel]!, devices: base.devices.map(d => (d.role === 'exporter' ? { ...d, driver: exporter } : d)) }, program)
  while (machine.tick(() => 0));
  return machine.world
}
/** `name answer` of every call of process A, in order. */
function answers(kernel: string, lines: string, rest = ''): string[] {
  const world = run(kernel, `process a A {\n${lines}\n}\n${rest}`)
  return world.steps.flatMap(step => (is(step, 'call.leave') && step.call.startsWith('A.') ? [`${step.fields.name.replace('DRM_IOCTL_', '')} ${step.fields.errno ?? step.fields.result}`] : is(step, 'line.skip') ? ['skipped'] : []))
}
const KERNELS = Object.keys(flavours)

describe('the end of a process', () => {
  const END = `
process a A {
  card = open("/dev/dri/card0", O_RDWR)
  bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
  off = DRM_IOCTL_MODE_MAP_DUMB(card, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  store(px, "01")
  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_RDWR)
  py = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  sendmsg(b, fd)
  exit()
}
process b B { recv(a) }
`
  test.each(KERNELS)('%s: mappings first, then descriptors, and last the release of what they were the last to hold', kernel => {
    const world = run(kernel, END)
    const { steps } = world
    const last = (event: string): number => steps.findLastIndex(step => step.actor === 'task:A' && step.event === event)
    const begun = steps.findIndex(step => is(step, 'task.exiting') && step.actor === 'task:A')
    const first = (event: string): number => steps.findIndex(step => step.seq > begun && step.actor === 'task:A' && step.event === event)
    expect(begun).toBeGreaterThan(0)
    expect(last('vma.remove')).toBeLessThan(first('fd.close'))
    expect(last('fd.close')).toBeLessThan(first('file.release'))
    expect(last('file.release')).toBeLessThan(last('task.exit'))
    // The file on its way to B is held by the message: the buffer is still there.
    expect(world.ids('dma_buf')).toHaveLength(1)
    expect(world.ids('work')).toEqual([])
  })
})

describe('panfrost, check by check', () => {
  const OPEN = '  gpu = open("/dev/dri/renderD128", O_RDWR)\n'
  test.each(KERNELS)('%s: MMAP_BO looks at its flags before it looks for the handle', kernel => {
    expect(answers(kernel, `${OPEN}  DRM_IOCTL_PANFROST_MMAP_BO(gpu, 9, 0x1)\n  DRM_IOCTL_PANFROST_MMAP_BO(gpu, 9)`).slice(1)).toEqual(['PANFROST_MMAP_BO EINVAL', 'PANFROST_MMAP_BO ENOENT'])
  })
  const IMPORT = `${OPEN}  card = open("/dev/dri/card0", O_RDWR)
  k = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, k, 0)
  h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, h)`
  test.each(KERNELS)('%s: MMAP_BO of an import is refused by KBLK alone', kernel => {
    expect(answers(kernel, IMPORT).at(-1)).toBe(kernel === 'KBLK' ? 'PANFROST_MMAP_BO EINVAL' : 'PANFROST_MMAP_BO 0x100000000')
  })
  test.each(KERNELS)('%s: an offset that KBLK does not tell is there all the same', kernel => {
    const told = answers(kernel, `${IMPORT}\n  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, 4294967296)`)
    expect(told.at(-1)).toMatch(/^mmap 0x/)
  })
  test.each(KERNELS)('%s: WAIT_BO finds no such handle, and an idle buffer at once', kernel => {
    expect(answers(kernel, `${IMPORT}\n  DRM_IOCTL_PANFROST_WAIT_BO(gpu, 77, 0)\n  DRM_IOCTL_PANFROST_WAIT_BO(gpu, h, 0)`).slice(-2)).toEqual(['PANFROST_WAIT_BO ENOENT', 'PANFROST_WAIT_BO 0'])
  })
})

describe('panfrost, heaps', () => {
  const heap = (kernel: string, flags: string): string[] => answers(kernel, `  gpu = open("/dev/dri/renderD128", O_RDWR)\n  h = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096, ${flags})\n  DRM_IOCTL_PANFROST_MMAP_BO(gpu, h)`).slice(1)
  test.each(['K61', 'KNOW'])('%s: a heap must not be executable, and has no mapping on the CPU', kernel => {
    expect(heap(kernel, 'PANFROST_BO_HEAP')).toEqual(['PANFROST_CREATE_BO EINVAL', 'PANFROST_MMAP_BO ENOENT'])
    expect(heap(kernel, 'PANFROST_BO_HEAP | PANFROST_BO_NOEXEC')).toEqual(['PANFROST_CREATE_BO 1', 'PANFROST_MMAP_BO EINVAL'])
    expect(heap(kernel, 'PANFROST_BO_NOEXEC')[1]).toMatch(/^PANFROST_MMAP_BO 0x/)
    expect(heap(kernel, '0x8')[0]).toBe('PANFROST_CREATE_BO EINVAL')
  })
  test.each(['K52', 'KBLK', 'KRFC'])('%s: CREATE_BO knows no flag at all', kernel => {
    for (const flags of ['PANFROST_BO_HEAP', 'PANFROST_BO_NOEXEC', '0x8']) expect(heap(kernel, flags)[0]).toBe('PANFROST_CREATE_BO EINVAL')
  })
})

describe('a node that is closed while an import is mapped through it', () => {
  const CLOSED = `process a A {
  card = open("/dev/dri/card0", O_RDWR)
  gpu = open("/dev/dri/renderD128", O_RDWR)
  k = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, k, DRM_RDWR)
  h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, 4294967296)
  close(gpu)
  landmark "closed"
  store(px, "a5")
  load(px, 1)
  munmap(px)
  landmark "unmapped"
}`
  /** Handles of the importing device that go, before the first landmark and after it. */
  const gone = (kernel: string): [number, number] => {
    const { steps } = run(kernel, CLOSED)
    const closed = steps.findIndex(step => is(step, 'landmark'))
    const deleted = steps.filter(step => is(step, 'handle.delete'))
    expect(steps.filter(step => is(step, 'call.leave') && step.fields.errno !== null)).toEqual([])
    return [deleted.filter(({ seq }) => seq < closed).length, deleted.filter(({ seq }) => seq > closed).length]
  }
  test.each(['K52', 'KBLK'])('%s: the area holds the node, so its handles live until munmap', kernel => expect(gone(kernel)).toEqual([0, 1]))
  test.each(['KRFC', 'K61', 'KNOW'])('%s: the area holds the dma-buf, so the handles go at once, and the mapping works on', kernel => expect(gone(kernel)).toEqual([1, 0]))
})

describe('a file sent to another process', () => {
  test.each(KERNELS)('%s: it is the same open file, held by the message meanwhile, and never close-on-exec', kernel => {
    const world = run(kernel, `process a A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  k = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, k, DRM_CLOEXEC)
  sendmsg(b, fd)
  close(fd)
  close(card)
}
process b B {
  fd = recvmsg(a)
  fcntl(fd, F_GETFD)
  mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  lseek(fd, 0, SEEK_END)
}`)
    const told = world.steps.flatMap(step => (is(step, 'call.leave') && step.call.startsWith('B.') ? [step.fields.errno ?? step.fields.result] : []))
    expect(told).toEqual(['3', '0', 'EACCES', '4096'])
    expect(world.ids('dma_buf')).toHaveLength(1)
  })
})

describe('panfrost, waiting', () => {
  const BUSY = (lines: string): string => `  gpu = open("/dev/dri/renderD128", O_RDWR)
  h = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, h)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, uses(h), write(va, 4096, day))
${lines}`
  test.each(KERNELS)('%s: a busy buffer is EBUSY without a time-out, ETIMEDOUT with a short one, and waited for without end', kernel => {
    const wait = (rest: string): string => answers(kernel, BUSY(`  DRM_IOCTL_PANFROST_WAIT_BO(gpu, h${rest})`)).at(-1)!
    expect([wait(', 0'), wait(', 1000'), wait('')]).toEqual(['PANFROST_WAIT_BO EBUSY', 'PANFROST_WAIT_BO ETIMEDOUT', 'PANFROST_WAIT_BO 0'])
  })
  test.each(KERNELS)('%s: a job that names no buffer leaves none busy', kernel => {
    expect(answers(kernel, BUSY('  DRM_IOCTL_PANFROST_WAIT_BO(gpu, h)\n  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096))\n  DRM_IOCTL_PANFROST_WAIT_BO(gpu, h, 0)')).at(-1)).toBe('PANFROST_WAIT_BO 0')
  })
  test.each(KERNELS)('%s: SUBMIT with an unknown handle is ENOENT and queues nothing', kernel => {
    const world = run(kernel, `process a A {\n${BUSY('  DRM_IOCTL_PANFROST_WAIT_BO(gpu, h)\n  DRM_IOCTL_PANFROST_SUBMIT(gpu, uses(99), read(va, 4096))')}\n}`)
    expect(world.steps.filter(step => is(step, 'job.queue'))).toHaveLength(1)
    expect(world.steps.findLast(step => is(step, 'call.leave'))!.fields).toMatchObject({ errno: 'ENOENT' })
  })
})

describe('a job and the fences that are on its buffers already', () => {
  /** Names of what happens: the job begins, and the test fence of vgem signals. */
  const order = (kernel: string, usage: string): string[] => run(kernel, `process a A {
  card = open("/dev/dri/card0", O_RDWR)
  gpu = open("/dev/dri/renderD128", O_RDWR)
  k = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, k, DRM_RDWR)
  h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, h)
  e = DRM_IOCTL_VGEM_FENCE_ATTACH(card, k, ${usage})
  DRM_IOCTL_PANFROST_SUBMIT(gpu, uses(h), read(va, 4096))
  send(b)
  recv(b)
  DRM_IOCTL_VGEM_FENCE_SIGNAL(card, e)
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, h)
}
process b B {
  recv(a)
  g2 = open("/dev/dri/renderD128", O_RDWR)
  h2 = DRM_IOCTL_PANFROST_CREATE_BO(g2, 4096)
  DRM_IOCTL_PANFROST_WAIT_BO(g2, h2, 1000)
  send(a)
  exit()
}
schedule A*8 B A B*5 A*3`, 'vgem').steps.flatMap(step => (is(step, 'job.start') ? ['job'] : is(step, 'fence.signal') && step.fields.driver === 'vgem' ? ['fence'] : is(step, 'job.waits') ? ['waits'] : []))
  test.each(KERNELS)('%s: it waits for who writes', kernel => expect(order(kernel, 'VGEM_FENCE_WRITE')).toEqual(['waits', 'fence', 'job']))
  test.each(KERNELS)('%s: it waits for who reads, since jobs of panfrost count as writers of all their buffers; in 5.2 it did not', kernel => {
    expect(order(kernel, '0').includes('waits')).toBe(kernel === 'K61' || kernel === 'KNOW')
  })
  test.each(KERNELS)('%s: whatever it was, its own fence is a write', kernel => {
    const world = run(kernel, `process a A {\n  gpu = open("/dev/dri/renderD128", O_RDWR)\n  h = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)\n  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, h)\n  DRM_IOCTL_PANFROST_SUBMIT(gpu, uses(h), read(va, 4096))\n}`)
    expect(world.steps.filter(step => is(step, 'resv.add')).map(step => step.fields)).toMatchObject([{ usage: 'write' }])
  })
})

describe('what the mode of a file allows', () => {
  const EXPORT = (flags: string): string => `  card = open("/dev/dri/card0", O_RDWR)\n  bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)\n  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, ${flags})\n`
  const MAP = '  mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)'
  test.each(KERNELS)('%s: the first export decides for every later one, also the export of an import', kernel => {
    const again = `${EXPORT('DRM_CLOEXEC')}  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_RDWR)\n${MAP}`
    expect(answers(kernel, again).at(-1)).toBe('mmap EACCES')
    const closed = `${EXPORT('DRM_CLOEXEC')}  close(fd)\n  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_RDWR)\n${MAP}`
    expect(answers(kernel, closed).at(-1)).toBe('mmap EACCES')
    const imported = `${EXPORT('DRM_CLOEXEC')}  gpu = open("/dev/dri/renderD128", O_RDWR)\n  h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)\n  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(gpu, h, DRM_RDWR)\n${MAP}`
    expect(answers(kernel, imported).at(-1)).toBe('mmap EACCES')
    expect(answers(kernel, `${EXPORT('DRM_RDWR')}${MAP}`).at(-1)).toMatch(/^mmap 0x/)
  })
  test.each(KERNELS)('%s: once the dma-buf is gone, the next export decides anew', kernel => {
    const anew = `${EXPORT('DRM_CLOEXEC')}  off = DRM_IOCTL_MODE_MAP_DUMB(card, bo)\n  px = mmap(4096, PROT_READ, MAP_SHARED, card, off)\n  g = DRM_IOCTL_GEM_FLINK(card, bo)
  other = open("/dev/dri/card0", O_RDWR)\n  close(fd)\n  DRM_IOCTL_GEM_CLOSE(card, bo)\n  bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)\n  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_RDWR)\n${MAP}`
    expect(answers(kernel, anew).at(-1)).toMatch(/^mmap 0x/)
  })
  test.each(KERNELS)('%s: an area of a read-only file may never become writable', kernel => {
    const told = answers(kernel, `${EXPORT('DRM_CLOEXEC')}  px = mmap(4096, PROT_READ, MAP_SHARED, fd)\n  mprotect(px, PROT_READ | PROT_WRITE)\n  mprotect(px, PROT_READ)`)
    expect(told.slice(-2)).toEqual(['mprotect EACCES', 'mprotect 0'])
  })
  test.each(KERNELS)('%s: the node of an importer does not ask for the mode of the buffer, but for its own', kernel => {
    const via = (mode: string): string[] => answers(kernel, `${EXPORT('DRM_CLOEXEC')}  gpu = open("/dev/dri/renderD128", ${mode})\n  h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)\n  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, 4294967296)`)
    expect(via('O_RDWR').at(-1)).toMatch(/^mmap 0x/)
    expect(via('O_RDONLY').at(-1)).toBe('mmap EACCES')
  })
})

describe('mmap checks in the order of do_mmap', () => {
  test.each(KERNELS)('%s: a crooked offset before the descriptor, the descriptor before the length, the length before the rights, those before the driver', kernel => {
    const told = answers(kernel, `  card = open("/dev/dri/card0", O_RDONLY)
  mmap(4096, PROT_READ, MAP_SHARED, -1, 100)
  mmap(0, PROT_READ, MAP_SHARED, -1)
  mmap(0, PROT_WRITE, MAP_SHARED, card)
  mmap(4096, PROT_WRITE, MAP_SHARED, card, 4294967296)
  mmap(4096, PROT_READ, 0, card, 4294967296)
  mmap(4096, PROT_READ, MAP_SHARED, card, 4294967296)`)
    expect(told.slice(1)).toEqual(['mmap EINVAL', 'mmap EBADF', 'mmap EINVAL', 'mmap EACCES', 'mmap EINVAL', 'mmap EINVAL'])
  })
})

describe('SYNC', () => {
  test.each(KERNELS)('%s: START asks the exporter first and waits after that; END does not wait', kernel => {
    const world = run(kernel, `process a A {
  gpu = open("/dev/dri/renderD128", O_RDWR)
  card = open("/dev/dri/card0", O_RDWR)
  k = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, k, DRM_RDWR)
  h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, h)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, uses(h), read(va, 4096))
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_WRITE)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ)
}`)
    const at = (event: string): number => world.steps.findIndex(step => step.event === event)
    expect(at('sync.end')).toBeGreaterThan(0)
    expect(at('sync.end')).toBeLessThan(at('job.read'))
    expect(at('sync.begin')).toBeGreaterThan(0)
    expect(at('sync.begin')).toBeLessThan(at('sync.wait'))
    expect(at('sync.wait')).toBeLessThan(at('fence.signal'))
    expect(world.steps.some(step => is(step, 'task.pause') && step.fields.phase === 'wait')).toBe(true)
  })
})
