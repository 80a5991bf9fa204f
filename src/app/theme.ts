/** Which palette: the reader's wish, or what the system asks for. */
import { keep, kept } from './keep.ts'

export const THEMES = ['system', 'light', 'night', 'contrast', 'projector'] as const
export type Theme = (typeof THEMES)[number]
export const THEME_TITLES: Record<Theme, string> = { system: 'As the system', light: 'Light', night: 'Night', contrast: 'High contrast', projector: 'Washed-out projector' }

const KEY = 'bufscope.theme'
const GROUND: Record<string, string> = { light: '#fffefb', night: '#161c28', contrast: '#ffffff', projector: '#ffffff' }

export function storedTheme(): Theme {
  const found = kept(KEY)
  return THEMES.find((theme) => theme === found) ?? 'system'
}

export function applyTheme(theme: Theme): void {
  const real = theme !== 'system' ? theme : matchMedia('(prefers-contrast: more)').matches ? 'contrast' : matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'light'
  document.documentElement.dataset['theme'] = real
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', GROUND[real]!)
  keep(KEY, theme)
}
