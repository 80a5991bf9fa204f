/** Menus of choices: what they offer. How an open one looks is in open-menu.tsx, which is fetched when one is opened. */
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Choice } from '../../journal/run.ts'
import { later, type Opener } from './later.tsx'

export interface MenuChoice {
  readonly id: string
  readonly title: string
  readonly why?: string
  /** As it is written in C. */
  readonly shows?: string
  /** Who and where it comes from. */
  readonly from?: string
  /** Since when, and until when. */
  readonly when?: string
}
export interface MenuGroup { readonly label?: string; readonly choices: readonly MenuChoice[] }

export interface MenuProps extends Opener {
  readonly name: string
  readonly align?: 'start' | 'end'
  /** The choice made now; null: the entries are commands, and none is chosen. */
  readonly value: string | null
  readonly groups: readonly MenuGroup[]
  readonly pick: (id: string) => void
}

export const Menu = later<MenuProps>('menu', () => import('./open-menu.tsx'))

export function ChoiceMenu({ name, prefix, value, choices, pick }: { name: string; prefix?: string; value: string; choices: readonly Choice[]; pick: (id: string) => void }): ReactNode {
  const now = choices.find((choice) => choice.id === value)
  return (
    <Menu
      name={`${name}: ${now?.title ?? value}`} value={value} groups={[{ choices }]} pick={pick}
      trigger={<>{prefix && <span className="dim">{prefix}</span>}<span className="clip">{now?.title ?? value}</span><ChevronDown aria-hidden /></>}
    />
  )
}
