/** Icons come from their own files, under whatever name the package knows them. */
import { expect, test } from 'vitest'
import { icons } from './icon-plugin.ts'

const transform = icons().transform as unknown as (code: string, id: string) => { code: string } | null

test('every name becomes the import of one file', () => {
  expect(transform(`import { Eye, Code2 } from 'lucide-react'\nconst a = Eye`, '/x/src/pages/a.tsx')?.code).toBe(`import Eye from 'lucide-react/icons/eye';import Code2 from 'lucide-react/icons/code-xml'\nconst a = Eye`)
  expect(transform(`import { useRef } from 'react'`, '/x/src/pages/a.tsx')).toBeNull()
})

test('a name that is no icon says so, with its file', () => {
  expect(() => transform(`import { Eyes } from 'lucide-react'`, '/x/src/pages/a.tsx')).toThrow('/x/src/pages/a.tsx: lucide-react has no icon Eyes.')
})
