/** Colours and faces of a theme as they stand in theme.css, for files that have no page around them. */
import css from '../app/theme.css?raw'

export const THEME_NAMES = ['light', 'night', 'contrast', 'projector'] as const
export type ThemeName = (typeof THEME_NAMES)[number]
export type Tokens = Readonly<Record<string, string>>

/** Faces that nearly every system has stand in for ours where a viewer takes no embedded ones. */
const FACES: Tokens = { words: "Inter, Arial, 'Liberation Sans', 'Helvetica Neue', sans-serif", mono: "'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace" }

function block(selector: string): Tokens {
  const at = css.indexOf(`${selector} {`)
  if (at < 0) throw new Error(`theme.css has no rule for ${selector}`)
  const rule = css.slice(at, css.indexOf('}', at))
  return Object.fromEntries([...rule.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!.trim()]))
}

export const tokensOf = (theme: ThemeName): Tokens => ({ ...block(':root'), ...(theme === 'light' ? {} : block(`:root[data-theme='${theme}']`)), ...FACES })

/** The same text with every token written out. */
export const resolve = (text: string, tokens: Tokens): string =>
  text.replace(/var\(--([\w-]+)\)/g, (_, name: string) => {
    const value = tokens[name]
    if (value === undefined) throw new Error(`theme.css has no token --${name}`)
    return value
  })
