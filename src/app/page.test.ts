/** Addresses of pages, as they stand in links. */
import { expect, test } from 'vitest'
import { evidenceLink, keysOf } from './evidence-link.ts'
import { pageOf } from './page.ts'

test.each([
  ['', 'compare'], ['#', 'compare'], ['#scenario=canonical&variants=V4,V5', 'compare'], ['#evidence', 'evidence'], ['#/evidence', 'evidence'],
  ['#evidence&file=6.1.192/scenarios&sequence=import/x', 'evidence'], ['#evidences', 'compare'], ['#read=who-may-write', 'read'], ['#read', 'read'], ['#reader', 'compare'], ['#scenario=evidence', 'compare'],
])('%s is the %s page', (fragment, page) => expect(pageOf(fragment)).toBe(page))

test('a link to a sequence is read as it was written, and is short enough for a mail', () => {
  const link = evidenceLink('6.1.192/same-on-6.1', 'lifetime/framebuffer-holds-buffer@cirrus', 7)
  expect(link).toBe('#evidence&file=6.1.192/same-on-6.1&sequence=lifetime/framebuffer-holds-buffer@cirrus&op=7')
  expect([...keysOf(link)]).toEqual([['file', '6.1.192/same-on-6.1'], ['sequence', 'lifetime/framebuffer-holds-buffer@cirrus'], ['op', '7']])
  expect(keysOf(evidenceLink('mine & yours.json', 'a=b')).get('sequence')).toBe('a=b')
  expect(keysOf('#evidence&file=%E0%A4').get('file')).toBe('%E0%A4')
})
