/** Colours and faces of a theme as they stand in theme.css, for files that have no page around them. */
import projector from '../app/projector.css?raw'
import css from '../app/theme.css?raw'

export const THEME_NAMES = ['light', 'night', 'contrast', 'projector'] as const
export type ThemeName = (typeof THEME_NAMES)[number]
export type Tokens = Readonly<Record<string, string>>

/** Faces that nearly every system has stand in for ours where a viewer takes no embedded ones. */
const FACES: Tokens = { words: "Inter, Arial, 'Liberation Sans', 'Helvetica Neue', sans-serif", mono: "'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace" }

function block(selector: string, sheet = css): Tokens {
  const at = sheet.indexOf(`${selector} {`)
  if (at < 0) throw new Error(`No rule for ${selector} in the sheets of themes`)
  const rule = sheet.slice(at, sheet.indexOf('}', at))
  return Object.fromEntries([...rule.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!.trim()]))
}

const of = (theme: ThemeName): string => `:root[data-theme='${theme}']`
const STRICT = ":root:is([data-theme='contrast'], [data-theme='projector'])"
/** What each sets over the light one. */
const OVER: Readonly<Record<ThemeName, () => Tokens>> = {
  light: () => ({}), night: () => block(of('night')), contrast: () => block(STRICT), projector: () => ({ ...block(STRICT), ...block(of('projector'), projector) }),
}

export const tokensOf = (theme: ThemeName): Tokens => ({ ...block(':root'), ...OVER[theme](), ...FACES })

/** The same text with every token written out. */
export const resolve = (text: string, tokens: Tokens): string =>
  text.replace(/var\(--([\w-]+)\)/g, (_, name: string) => {
    const value = tokens[name]
    if (value === undefined) throw new Error(`theme.css has no token --${name}`)
    return value
  })
