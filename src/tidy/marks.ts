/** What a text may not contain: left-over marks, places of one machine, too many lines; and what every simulated thing says first. */
import { globsOf, globbed, parsed, walk } from './imports.ts'
import { isCode, isTest, type Tree } from './tree.ts'

const MOST_LINES = 400

export function tooLong(tree: Tree): string[] {
  return [...tree].filter(([path]) => /^(src|e2e)\/.*\.(ts|tsx|css|mjs)$/.test(path) || path === 'index.html')
    .flatMap(([path, text]) => (text.trimEnd().split('\n').length > MOST_LINES ? [`${path}: ${text.trimEnd().split('\n').length} lines, at most ${MOST_LINES}`] : []))
}

/** Spelled in two halves, so that these rules do not find themselves. */
const join = (...halves: string[]): string => halves.join('')
const MARKS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b(${['TO|DO', 'FIX|ME', 'XX|X', 'HA|CK', 'W|IP'].map(m => m.replace('|', '')).join('|')})\\b`), 'a left-over mark'],
  [new RegExp(join('@ts-', '(ignore|nocheck|expect-error)')), 'a silenced compiler'],
  [new RegExp(join('(es|ox)lint-', 'disable')), 'a silenced linter'],
  [new RegExp(join('\\b(test|it|describe|suite)', '\\.(only|skip|todo|fixme)\\b')), 'a test left out'],
  [new RegExp(join('^\\s*debug', 'ger\\b'), 'm'), 'a breakpoint'],
]
export function leftOvers(tree: Tree): string[] {
  return [...tree].filter(([path]) => /^(src|e2e)\/.*\.(ts|tsx|css|mjs)$/.test(path)).flatMap(([path, text]) => MARKS.flatMap(([mark, what]) => {
    const hit = mark.exec(text)
    return hit ? [`${path}: ${what}, ${hit[0].trim()}`] : []
  }))
}

/** Styles that the page of the story has: one that looks for a child is asked again for every element that a step puts into a drawing. */
export function askingStyles(tree: Tree): string[] {
  return [...tree].filter(([path, text]) => /^src\/(app|stage|pages\/compare)\/.*\.css$/.test(path) && text.includes(':has(')).map(([path]) => `${path}: :has(), where an attribute would do`)
}

export function untyped(tree: Tree): string[] {
  return [...tree].filter(([path]) => isCode(path)).flatMap(([path, text]) => {
    const found: string[] = []
    walk(parsed(path, text).program, node => void (node.type === 'TSAnyKeyword' && found.push(`${path}: a type given up, line ${text.slice(0, node.start).split('\n').length}`)))
    return found
  })
}

const PLACES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(join('\\.\\./sha', 'red\\b|\\bsha', 'red/(design|domain|oracle)')), 'a folder beside the repository'],
  [new RegExp(join('(^|[\\s"\'`(=])/wo', 'rk/|(^|[\\s"\'`(=])/tm', 'p/|(^|[\\s"\'`(=])/ro', 'ot/|(^|[\\s"\'`(=])/ho', 'me/'), 'm'), 'a path of one machine'],
  [new RegExp(join('regis', 'try\\.(npmjs|yarnpkg)|npm', 'mirror|pypi\\.', 'org|deb\\.', 'debian\\.org')), 'the host of a registry'],
]
export function strangePlaces(tree: Tree): string[] {
  return [...tree].flatMap(([path, text]) => [
    ...PLACES.flatMap(([place, what]) => (place.test(text) ? [`${path}: ${what}, ${place.exec(text)![0].trim()}`] : [])),
    ...(path === 'package-lock.json' && /"resolved"/.test(text) ? [`${path}: names where a package was fetched`] : []),
  ])
}

/** The first comment of a file, or null when it opens with something else. */
const headOf = (text: string): string | null => /^(?:#!.*\n)?(\/\*\*[\s\S]*?\*\/)/.exec(text)?.[1] ?? null

export function headless(tree: Tree): string[] {
  return [...tree].filter(([path]) => isCode(path) && !isTest(path)).flatMap(([path, text]) => (headOf(text) === null ? [`${path}: opens without saying what it is`] : []))
}

/** Everything behind a name of the real kernel, and every other file that changes the world. */
const SHELVES = /^src\/kernel\/(syscalls|ioctls|drivers)\//
const changes = (text: string): boolean => /\bworld\.(set|create|remove|write|writeWord)\(/.test(text)
export function unmirrored(tree: Tree): string[] {
  return [...tree].flatMap(([path, text]) => {
    if (!/^src\/(kernel|hardware)\/.*\.ts$/.test(path) || isTest(path) || path === 'src/hardware/hardware.ts' || path.includes('/_')) return []
    if (!SHELVES.test(path) && !changes(text)) return []
    const head = headOf(text) ?? ''
    // A call whose work lies elsewhere names that file, which answers for it.
    const elsewhere = /The work is in ([\w-]+\.ts)/.exec(head)?.[1]
    const answering = elsewhere ? headOf(tree.get(`src/kernel/${elsewhere}`) ?? '') ?? '' : head
    return ['Mirrors', 'Leaves out'].filter(line => !answering.toLowerCase().includes(line.toLowerCase())).map(line => `${path}: does not say “${line}:”`)
  })
}

/** A shelf takes in neither tests nor files to copy, or the page would carry the test runner. */
export function openShelves(tree: Tree): string[] {
  return [...tree].filter(([path]) => isCode(path) && !isTest(path)).flatMap(([path, text]) => globsOf(path, text).flatMap(glob => {
    const planted = new Map(tree)
    for (const pattern of glob.patterns) {
      if (pattern.startsWith('!') || !pattern.includes('*')) continue
      const folder = pattern.slice(0, pattern.search(/\*/)).replace(/[^/]*$/, '')
      const ending = pattern.endsWith('x') ? 'tsx' : 'ts'
      planted.set(`${folder}planted.test.${ending}`, '').set(`${folder}_planted.${ending}`, '')
    }
    return globbed(planted, glob).filter(to => isTest(to) || to.includes('/_')).map(to => `${path}: a shelf takes in ${to}`)
  }))
}
