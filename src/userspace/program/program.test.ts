import { expect, test } from 'vitest'
import { calls, usage } from '../calls.ts'
import { functionNamed } from '../functions.ts'
import { readProgram } from './check.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'

const say = (text: string): string[] => readProgram(text).mistakes.map(m => `${m.at.line}:${m.at.column} ${m.message} ${m.remedy}`)
const inMain = (line: string): string[] => say(`process main {\n  fd = open("/dev/dri/card0", O_RDWR)\n  ${line}\n}\n`)

test('what is printed is read back as the same program', () => {
  const text = `# Two of them.
shared g1
process compositor A {
  # First this.
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)  # the node
  landmark "open"
  px = mmap(4096, PROT_READ | 0x10, MAP_SHARED, card, 0)
  load(px + 8, 4)
  load(px + -8, 4)
  DRM_IOCTL_PANFROST_SUBMIT(card, read(px, 4096), write(px, 4096, day))
}
process client B later {
  close(-1)
}
schedule A*5 B A*2
`
  expect(parse(text).mistakes).toEqual([])
  expect(print(parse(text).program)).toBe(text)
})

test('a block may stand on one line', () => {
  const { program, mistakes } = readProgram('process a { fd = open("/dev/null", O_RDWR); close(fd) }')
  expect(mistakes).toEqual([])
  expect(print(program)).toBe('process a A {\n  fd = open("/dev/null", O_RDWR)\n  close(fd)\n}\n')
})

test('mistakes name line, column and remedy', () => {
  expect(inMain('drmModeCreateDumbBufer(fd, 32, 32)')).toEqual(['3:3 There is no call drmModeCreateDumbBufer. Did you mean drmModeCreateDumbBuffer?'])
  expect(inMain('close(fb)')).toEqual(['3:9 No line of this process gives the name fb. Did you mean fd?'])
  expect(inMain('close()')).toEqual(['3:3 close takes 1 argument, and here are 0. Write: close(fd).'])
  expect(inMain('px = mmap(4096, PROT_REED, MAP_SHARED, fd)')).toEqual(['3:19 prot knows no PROT_REED. Did you mean PROT_READ?'])
  expect(inMain('sendmsg(mian, fd)')).toEqual(['3:11 There is no process mian. Did you mean main?'])
  expect(inMain('store(fd, "0g")')).toEqual(['3:13 bytes is a row of bytes in hexadecimal. Write: "00ff80".'])
  expect(inMain('fill(fd, dusk)')).toEqual(['3:12 There is no picture dusk. Choose one of night, day, black, white, night_1080p, day_1080p.'])
  expect(inMain('close(fd')).toEqual(['3:11 A ) should stand here, not the end of the line. Close the list of arguments with ), and separate them with commas.'])
  expect(inMain('close(fd) close(fd)')).toEqual(['3:13 The line should end before close. One call per line.'])
  expect(inMain('x = "a')).toEqual(['3:7 The text has no closing quotation mark. Put " where it ends, on the same line.'])
  expect(inMain('x = $')).toEqual(['3:7 The sign $ has no meaning here. Programs consist of names, numbers, "text", and the signs = ( ) { } , | + *'])
  expect(inMain('landmark exported')).toEqual(['3:12 A landmark has its name in quotation marks. Write: landmark "exported"'])
  expect(say('open("/dev/null")')).toContain('1:1 open stands outside of a process. Calls belong into a block: process NAME { … }')
  expect(say('process a {\n close(3)\n')[0]).toMatch(/^1:1 The block of a is not closed/)
  expect(say('process a {\n fd = open("/dev/dri/card0", O_RDWR)\n sendmsg(b, fd)\n}\nprocess b {\n fd = recvmsg(a)\n')).toEqual([expect.stringMatching(/^5:1 The block of b is not closed/)])
  expect(say('process a { close(3) }\nschedule a*0')[0]).toMatch(/^2:12 How many calls of a/)
  expect(say('process a { close(3) }\nschedule b')[0]).toMatch(/^2:10 The schedule names b/)
  expect(say('')).toEqual(['1:1 The program has no process. Write: process main { … }'])
})

test('a line with a mistake does not hide the next one', () => {
  expect(inMain('close(\n  clos(fd)').map(m => m.split(' ')[0])).toEqual(['3:9', '4:3'])
})

test('a forked process knows the names of its parent', () => {
  expect(say('process a {\n fd = open("/dev/null", O_RDWR)\n fork(b)\n}\nprocess b {\n close(fd)\n}')).toEqual([])
})

test('every call is complete: what it is given, what it says, and a function or a question', () => {
  for (const call of Object.values(calls)) {
    expect(call.docs, call.name).toMatch(/\.$/)
    expect(usage(call)).toContain(call.name)
    expect(call.fn !== undefined ? functionNamed(call.fn) !== undefined : call.ask !== undefined, call.name).toBe(true)
    const optional = call.params.findIndex(p => p.absent !== undefined)
    if (optional >= 0 && !call.params.some(p => p.rest)) {
      const later = call.params.slice(optional).filter(p => p.absent === undefined).map(p => p.name)
      expect(later, `${call.name}: needed arguments behind one that may be left out`).toEqual([])
    }
  }
})
