/** What goes into the one file ends where it should; that it runs is a journey's to show. */
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { putInto, safeScript } from './single-plugin.ts'

test('a script holds nothing that ends it, and says the same', () => {
  const code = '"<!-- <script></script> </SCRIPT >"'
  const safe = safeScript(code)
  expect(safe).not.toMatch(/<\/script|<!--/i)
  expect(runInNewContext(safe)).toBe('<!-- <script></script> </SCRIPT >')
})

test('a text is put in as it is, and a page that has changed is an error that says where to look', () => {
  expect(putInto('<a></a>', /<\/a>/, 'cost: $& $1</a>')).toBe('<a>cost: $& $1</a>')
  for (const page of ['', '<a></a><a></a>']) expect(() => putInto(page, /<\/a>/, '')).toThrow(/single-plugin/)
})
