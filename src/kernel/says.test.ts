/** Every event that the recordings bring about has wording of its own, and the wording names fields that the event has. */
import { expect, test } from 'vitest'
import { ownRecording } from '../cli/recording-files.ts'
import { flavourOf } from '../recordings/releases.ts'
import { replay } from '../recordings/replay.ts'
import { is } from '../journal/step.ts'
import { says } from '../worker/says.ts'
import { World } from '../world/world.ts'

test('what happens is said', () => {
  const bad = new Set<string>()
  const seen = new Set<string>()
  for (const name of ['6.1.192', '5.2.1', '5.2.1-patched']) {
    const recording = ownRecording(`${name}/scenarios`)
    for (const sequence of recording.sequences) {
      const world = new World()
      replay(recording, sequence, flavourOf(recording.kernel)!, world)
      for (const { event, fields } of world.steps) {
        if (seen.has(event)) continue
        seen.add(event)
        const template = says[event]
        if (!template) bad.add(`${event} is not said`)
        for (const [, field] of template?.matchAll(/\{(\w+)\}/g) ?? []) if (!(field! in fields)) bad.add(`${event} has no ${field}`)
      }
    }
  }
  expect([...bad]).toEqual([])
  expect(seen.size).toBeGreaterThan(80)
})

test('every refusal is told by an event that names the check', () => {
  const silent = new Set<string>()
  for (const name of ['6.1.192', '5.2.1', '5.2.1-patched']) {
    const recording = ownRecording(`${name}/scenarios`)
    for (const sequence of recording.sequences) {
      const world = new World()
      replay(recording, sequence, flavourOf(recording.kernel)!, world)
      let said = ''
      let text = ''
      for (const step of world.steps) {
        if (is(step, 'trap.enter')) { said = ''; text = step.fields.text }
        if (/refused|unknown|hole/.test(step.event)) said = step.event
        if (is(step, 'trap.leave') && step.fields.errno && said === '') silent.add(`${sequence.name}: ${text} = ${step.fields.errno}`)
      }
    }
  }
  expect([...silent]).toEqual([])
})

test('no two events say the same', () => {
  // Two calls may end alike.
  const events = Object.entries(says).filter(([event]) => !event.startsWith('call.leave:')).map(([, text]) => text)
  expect(new Set(events).size).toBe(events.length)
})

const sources = import.meta.glob<string>(['../{hardware,kernel,machine,userspace}/**/*.ts', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })
test('every event that a file of the machine declares is said somewhere', () => {
  const declared = Object.values(sources).flatMap(text => [...text.matchAll(/interface Events \{ (.*) \}|interface Events \{\n([\s\S]*?)\n {2}\}/g)].flatMap(found => [...(found[1] ?? found[2]!).matchAll(/'([a-z0-9]+\.[a-z0-9.]+)': /g)].map(name => name[1]!)))
  expect(declared.length).toBeGreaterThan(200)
  expect(declared.filter(event => !says[event])).toEqual([])
})
