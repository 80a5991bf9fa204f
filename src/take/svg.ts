/** A drawing as a file of its own: colours written out, faces inside, nothing fetched, nothing that runs. */
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline'
import mono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?inline'
import type { Figure } from './figure.tsx'
import { resolve, tokensOf, type ThemeName } from './tokens.ts'

const face = (family: string, weights: string, uri: string): string => `@font-face{font-family:'${family}';font-weight:${weights};src:url(${uri}) format('woff2')}`
/** Viewers that take no faces from a file fall back to those of the system. */
export const FACES = face('Inter', '100 900', inter) + face('JetBrains Mono', '100 800', mono)
const RULES = ".halo{fill:none;stroke:none}text{font-feature-settings:'cv11','ss03'}"

export const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

export interface Dress {
  readonly theme: ThemeName
  readonly link: string
  /** Rules beside those of every drawing. */
  readonly css?: string
  /** Without faces: for a page that has them once for all its drawings. */
  readonly bare?: boolean
}

/** The link in the metadata opens the moment again. */
export function svgOf({ w, h, defs, parts, title }: Figure, { theme, link, css = '', bare = false }: Dress): string {
  const body = [`<defs>${defs}</defs>`, ...parts].map((part) => (part === '' ? '' : `${part}\n`)).join('')
  return resolve([
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title><desc>${escape(link)}</desc>`, `<style>${bare ? '' : FACES}${RULES}${css}</style>`, `${body}</svg>\n`,
  ].join('\n'), tokensOf(theme))
}
