/** Sentences of the page are templates in the table of their folder (`sentences.ts`): here their holes are filled. */

/** `{name}`, or `{count#line|lines}`: the noun for a count, one or many. */
const HOLE = /\{(\w+)(?:#([^|}]*)\|([^}]*))?\}/g

type Name<T extends string> = Uncapitalize<T extends `${infer N}#${string}` ? N : T>
/** The names of a template's holes, where the compiler can read it: one that is missing or misspelt is an error. */
export type Holes<T extends string> = T extends `${string}{${infer N}}${infer Rest}` ? Name<N> | Holes<Rest> : never

/** A template with its holes as `show` says them; `isOne` chooses between one and many. */
export const holes = (template: string, show: (name: string) => string, isOne: (name: string) => boolean): string =>
  template.replace(HOLE, (_, name: string, one?: string, many?: string) => (one === undefined ? show(name) : isOne(name) ? one : many!))

/** `{Name}` begins with a capital letter, whatever is filled in. */
export function fill<T extends string>(template: T, values: Readonly<Record<Holes<T>, string | number>>): string {
  const of = (name: string): string | number => (values as Readonly<Record<string, string | number>>)[name.charAt(0).toLowerCase() + name.slice(1)] ?? ''
  return holes(template, (name) => (/^[A-Z]/.test(name) ? capital(String(of(name))) : String(of(name))), (name) => String(of(name)) === '1')
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The same said at several lengths. */
export const formsOf = <T extends string>(templates: readonly [T, ...T[]], values: Readonly<Record<Holes<T>, string | number>>): [string, ...string[]] =>
  templates.map((template) => fill(template, values)) as [string, ...string[]]
