/** Sentences of the page are templates in the table of their folder (`sentences.ts`): here their holes are filled. */

/** `{name}`, or `{count#line|lines}`: the noun for a count, one or many; `{count#a line|# lines}`: where many are told by their number. */
const HOLE = /\{(\w+)(?:#([^|}]*)\|([^}]*))?\}/g

type Name<T extends string> = T extends `${infer N}#${string}` ? Uncapitalize<N> : T extends `${string} ${string}` ? never : Uncapitalize<T>
/** The names of a template's holes, where the compiler can read it: one that is missing or misspelt is an error. */
export type Holes<T extends string> = T extends `${string}{${infer N}}${infer Rest}` ? Name<N> | Holes<Rest> : never

/** A piece of a template: words, and the hole after them. */
interface Piece { readonly words: string; readonly name: string | null; readonly one: string | undefined; readonly many: string }
/** Templates are few and are filled at every step: each is taken apart once. */
const pieces = new Map<string, readonly Piece[]>()
function piecesOf(template: string): readonly Piece[] {
  const known = pieces.get(template)
  if (known) return known
  const found: Piece[] = []
  let from = 0
  for (const { 0: hole, 1: name, 2: one, 3: many, index } of template.matchAll(HOLE)) {
    found.push({ words: template.slice(from, index), name: name!, one, many: many ?? '' })
    from = index + hole.length
  }
  if (from < template.length) found.push({ words: template.slice(from), name: null, one: undefined, many: '' })
  pieces.set(template, found)
  return found
}

/** A template with its holes as `show` says them; `isOne` chooses between one and many. */
export function holes(template: string, show: (name: string) => string, isOne: (name: string) => boolean): string {
  let text = ''
  for (const { words, name, one, many } of piecesOf(template)) text += words + (name === null ? '' : one === undefined ? show(name) : isOne(name) ? one : many.replace('#', show(name)))
  return text
}

/** `{Name}` begins with a capital letter, whatever is filled in. */
export function fill<T extends string>(template: T, values: Readonly<Record<Holes<T>, string | number>>): string {
  const of = (name: string): string | number => (values as Readonly<Record<string, string | number>>)[name.charAt(0).toLowerCase() + name.slice(1)] ?? ''
  return holes(template, (name) => (/^[A-Z]/.test(name) ? capital(String(of(name))) : String(of(name))), (name) => String(of(name)) === '1')
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The same said at several lengths. */
export const formsOf = <T extends string>(templates: readonly [T, ...T[]], values: Readonly<Record<Holes<T>, string | number>>): [string, ...string[]] =>
  templates.map((template) => fill(template, values)) as [string, ...string[]]
