/** Each icon from its own file: through the package's index every part of the page would seem to need them all, and the first load would hold those of panels that come later. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const PACKAGE = 'lucide-react'

/** The file of every name in the package's index: an icon has several. */
function filesByName(): ReadonlyMap<string, string> {
  const index = readFileSync(join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '../esm/lucide-react.mjs'), 'utf8')
  return new Map([...index.matchAll(/export \{([^}]*)\} from '\.\/icons\/([\w-]+)\.mjs'/g)].flatMap(([, names, file]) => [...names!.matchAll(/default as (\w+)/g)].map(([, name]) => [name!, file!] as const)))
}

export function icons(): Plugin {
  let files: ReadonlyMap<string, string> | null = null
  return {
    name: 'icons', apply: 'build', enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.tsx$/.test(id) || !code.includes(PACKAGE)) return null
      const known = (files ??= filesByName())
      return {
        map: null,
        code: code.replace(/import \{([^}]*)\} from 'lucide-react'/g, (_, names: string) =>
          names.split(',').map(name => name.trim()).filter(name => name !== '').map((name) => {
            const file = known.get(name)
            if (!file) throw new Error(`${id}: ${PACKAGE} has no icon ${name}. Look its name up on lucide.dev.`)
            return `import ${name} from '${PACKAGE}/icons/${file}'`
          }).join(';')),
      }
    },
  }
}
