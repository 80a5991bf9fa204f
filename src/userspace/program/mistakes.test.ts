/** Every kind of mistake in a program, with what is said about it: line, column, what is wrong, and what to do. */
import { describe, expect, test } from 'vitest'
import { calls } from '../calls.ts'
import { readProgram } from './check.ts'

const say = (text: string): string[] => readProgram(text).mistakes.map(m => `${m.at.line}:${m.at.column} ${m.message} ${m.remedy}`)
/** One line in a process that has a descriptor, a mapping and a buffer. */
const line = (text: string): string[] => say(`process main {
  fd = open("/dev/dri/card0", O_RDWR)
  px = mmap(4096, PROT_READ, MAP_SHARED, fd)
  bo = gbm_bo_import(fd, fd)
  ${text}
}
process other { close(3) }
`)

describe('the signs of a line', () => {
  test.each([
    ['close(fd', '5:11 A ) should stand here, not the end of the line. Close the list of arguments with ), and separate them with commas.'],
    ['close fd)', '5:9 A ( should stand here, not fd. Write: close(arguments).'],
    ['close(fd fd)', '5:12 A ) should stand here, not fd. Close the list of arguments with ), and separate them with commas.'],
    ['close(fd,)', '5:12 An argument should stand here, not ). Arguments are names, numbers, "text" or flags such as O_RDWR | O_CLOEXEC.'],
    ['close(fd) close(fd)', '5:13 The line should end before close. One call per line.'],
    ['FD = dup(fd)', '5:3 FD looks like a constant and cannot be a name. Names have a small letter: fd, bo, px.'],
    ['f2 = ', '5:8 Behind = stands a call, not nothing. Write: f2 = call(arguments).'],
    ['f2 = 7', '5:8 Behind = stands a call, not 7. Write: f2 = call(arguments).'],
    ['7', '5:3 A call should stand here, not 7. Write: name = call(arguments), or call(arguments).'],
    ['load(px + px)', '5:13 Only a number can be added to a name. Write: px + 4096.'],
    ['open("/dev/null", O_RDWR |)', '5:29 Behind | stands another flag, not ). Write: O_RDWR | O_CLOEXEC.'],
    ['close($)', '5:9 The sign $ has no meaning here. Programs consist of names, numbers, "text", and the signs = ( ) { } , | + *'],
    ['close(😀)', '5:9 The sign 😀 has no meaning here. Programs consist of names, numbers, "text", and the signs = ( ) { } , | + *'],
    ['open("/dev/null, O_RDWR)', '5:8 The text has no closing quotation mark. Put " where it ends, on the same line.'],
    ['load(px, 0xfg)', '5:12 0xfg is no number. Write 4096 or 0x1000; a name begins with a letter.'],
    ['load(px, 12kB)', '5:12 12kB is no number. Write 4096 or 0x1000; a name begins with a letter.'],
    ['landmark exported', '5:12 A landmark has its name in quotation marks. Write: landmark "exported"'],
  ])('%s', (text, wanted) => expect(line(text)).toEqual([wanted]))
})

describe('what a call is given', () => {
  test.each([
    ['drmModeCreateDumbBufer(fd, 32, 32)', '5:3 There is no call drmModeCreateDumbBufer. Did you mean drmModeCreateDumbBuffer?'],
    ['levitate(fd)', '5:3 There is no call levitate. Look it up in the list of calls.'],
    ['constructor(fd)', '5:3 There is no call constructor. Look it up in the list of calls.'],
    ['__proto__(fd)', '5:3 There is no call __proto__. Look it up in the list of calls.'],
    ['close()', '5:3 close takes 1 argument, and here are 0. Write: close(fd).'],
    ['close(fd, fd)', '5:3 close takes 1 argument, and here are 2. Write: close(fd).'],
    ['mmap(4096)', '5:3 mmap takes 4 to 6 arguments, and here is 1. Write: mmap(length, prot, flags, fd, [offset], [addr]).'],
    ['DRM_IOCTL_PANFROST_SUBMIT(fd)', '5:3 DRM_IOCTL_PANFROST_SUBMIT takes at least 2 arguments, and here is 1. Write: DRM_IOCTL_PANFROST_SUBMIT(fd, parts…).'],
    ['close(fb)', '5:9 No line of this process gives the name fb. Did you mean fd?'],
    ['close("3")', '5:9 fd is a name or a number. Write the name that open() or another call gave, or a number.'],
    ['close(dup(fd))', '5:9 fd is a name or a number. Write the name that open() or another call gave, or a number.'],
    ['gbm_bo_map(7)', '5:14 bo is a name. Write the name that gbm_bo_import() gave.'],
    ['munmap("x")', '5:10 addr is a name. Write the name that mmap() gave, perhaps with + 4096.'],
    ['mmap(4096, PROT_REED, MAP_SHARED, fd)', '5:14 prot knows no PROT_REED. Did you mean PROT_READ?'],
    ['mmap(4096, px, MAP_SHARED, fd)', '5:14 prot is made of flags. Write: O_RDWR | O_CLOEXEC, or 0.'],
    ['open(fd, O_RDWR)', '5:8 path is a text. Put it in quotation marks.'],
    ['gem_names(fd)', '5:13 card is the path of a device. Write: "/dev/dri/card0".'],
    ['store(px, "0g")', '5:13 bytes is a row of bytes in hexadecimal. Write: "00ff80".'],
    ['store(px, "000")', '5:13 bytes is a row of bytes in hexadecimal. Write: "00ff80".'],
    ['fill(px, dusk)', '5:12 There is no picture dusk. Choose one of night, day, black, white, night_1080p, day_1080p.'],
    ['fill(px, constructor)', '5:12 There is no picture constructor. Choose one of night, day, black, white, night_1080p, day_1080p.'],
    ['sendmsg(othre, fd)', '5:11 There is no process othre. Did you mean other?'],
    ['fork(3)', '5:8 There is no process . Choose one of main, A, other, B.'],
    ['DRM_IOCTL_PANFROST_SUBMIT(fd, bo)', '5:33 parts is a part of a job. Write: read(bo) or write(bo, picture).'],
    ['DRM_IOCTL_PANFROST_SUBMIT(fd, erase(bo))', '5:33 parts is a part of a job. Write: read(bo) or write(bo, picture).'],
    ['DRM_IOCTL_PANFROST_SUBMIT(fd, read())', '5:33 read of what? Write: read(bo), read(address, size).'],
    ['DRM_IOCTL_PANFROST_SUBMIT(fd, write(bo))', '5:33 write of what? Write: write(bo, picture), write(address, size, picture).'],
    ['DRM_IOCTL_PANFROST_SUBMIT(fd, write(bo, dusk))', '5:43 There is no picture dusk. Choose one of night, day, black, white, night_1080p, day_1080p.'],
    ['DRM_IOCTL_PANFROST_SUBMIT(fd, read(po))', '5:38 No line of this process gives the name po. Did you mean px?'],
  ])('%s', (text, wanted) => expect(line(text)).toEqual([wanted]))
})

describe('blocks, processes, schedules', () => {
  test.each([
    ['', '1:1 The program has no process. Write: process main { … }'],
    ['close(3)', '1:1 close stands outside of a process. Calls belong into a block: process NAME { … }'],
    ['process { close(3) }', '1:9 A process needs a name. Write: process client B { … }'],
    ['process a\nclose(3)', '1:10 A { should stand here, not the end of the line. Write: process client B { … }'],
    ['process a {\n close(3)\n', '1:1 The block of a is not closed. Put } behind its last line.'],
    ['process a {\n close(3)\nprocess b { close(3) }\n}', '3:1 process cannot stand inside of a process. Close the block of a with } first.'],
    ['process a { close(3) }\n}', '2:1 } stands outside of a process. Calls belong into a block: process NAME { … }'],
    ['process a { close(3) }\nprocess a { close(3) }', '2:1 Two processes are called a B. Give one another name or letter.'],
    ['process a X { close(3) }\nprocess b X { close(3) }', '2:1 Two processes are called b X. Give one another name or letter.'],
    ['process a B { close(3) }\nprocess B { close(3) }', '2:1 Two processes are called B A. Give one another name or letter.'],
    ['process a { close(3) }\nschedule b', '2:10 The schedule names b, which is no process. Choose one of a, A.'],
    ['process client { close(3) }\nschedule clinet', '2:10 The schedule names clinet, which is no process. Did you mean client?'],
    ['process a { close(3) }\nschedule a*0', '2:12 How many calls of a? Write: schedule A*5 B*3.'],
    ['process a { close(3) }\nschedule a*', '2:12 How many calls of a? Write: schedule A*5 B*3.'],
    ['process a { close(3) }\nschedule a, a', '2:11 The line should end before ,. One call per line.'],
  ])('%s', (text, wanted) => expect(say(text)[0]).toBe(wanted))

  test('a process without a letter gets the first one that is free', () => {
    const { program, mistakes } = readProgram('process x B { close(3) }\nprocess y { close(3) }\nprocess z { close(3) }')
    expect(mistakes).toEqual([])
    expect(program.items.map(item => (item.kind === 'process' ? item.letter : ''))).toEqual(['B', 'A', 'C'])
  })
})

test('several mistakes are said at once, one for each line, in order', () => {
  expect(say('process a {\n  close($)\n  clos(3)\n  load("x)\n  close(\n  dup(3)\n}').map(m => m.split(' ')[0])).toEqual(['2:9', '3:3', '4:8', '5:9'])
})

test('whatever a text is, it is read to its end: programs or mistakes, never an exception, and every mistake has a place and a remedy', () => {
  const pieces = ['process', ' ', 'a', 'B', '{', '}', '\n', '(', ')', ',', '=', '|', '+', '*', '"', '#', ';', '0x', '-1', '99999999999999999999', 'schedule', 'shared', 'later', 'landmark', 'O_RDWR', 'constructor', '\u{1f600}', '\\', '\t', ...Object.keys(calls).slice(0, 12)]
  let seed = 12345
  const next = (n: number): number => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % n
  for (let run = 0; run < 3000; run++) {
    const text = Array.from({ length: next(25) }, () => pieces[next(pieces.length)]!).join(next(2) ? ' ' : '')
    const lines = text.split('\n').length
    for (const { at, message, remedy } of readProgram(text).mistakes) {
      expect(at.line).toBeGreaterThan(0)
      expect(at.line).toBeLessThanOrEqual(lines)
      expect(at.column).toBeGreaterThan(0)
      expect(message).not.toMatch(/undefined|NaN|\[object/)
      expect(remedy.length).toBeGreaterThan(5)
    }
  }
})
