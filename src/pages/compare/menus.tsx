/** Menus of choices. Each choice shows its title and why one would take it. */
import { DropdownMenu } from 'radix-ui'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Choice } from '../../journal/run.ts'

export interface MenuGroup<C extends Choice = Choice> { readonly label?: string; readonly choices: readonly C[] }

export function Menu({ name, trigger, children, className = 'button', align = 'start' }: { name: string; trigger: ReactNode; children: ReactNode; className?: string; align?: 'start' | 'end' }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={className} aria-label={name}>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={6} collisionPadding={8} aria-label={name}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function Choices<C extends Choice>({ value, groups, pick, more, idOf = (choice) => choice.id }: {
  value: string
  groups: readonly MenuGroup<C>[]
  pick: (id: string) => void
  more?: (choice: C) => ReactNode
  idOf?: (choice: C) => string
}) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={pick}>
      {groups.map((group, i) => (
        <DropdownMenu.Group key={group.label ?? i}>
          {group.label && <DropdownMenu.Label className="menu-label">{group.label}</DropdownMenu.Label>}
          {group.choices.map((choice) => (
            <DropdownMenu.RadioItem key={choice.id} value={idOf(choice)} className="menu-item" textValue={choice.title}>
              <DropdownMenu.ItemIndicator className="tick"><Check size={16} aria-hidden /></DropdownMenu.ItemIndicator>
              <span className="title" style={{ gridColumn: 2 }}>{choice.title}</span>
              {more?.(choice)}
              {choice.why && <span className="why">{choice.why}</span>}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.Group>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

export function ChoiceMenu({ name, prefix, value, choices, pick, title }: { name: string; prefix?: string; value: string; choices: readonly Choice[]; pick: (id: string) => void; title?: string }) {
  const now = choices.find((choice) => choice.id === value)
  return (
    <Menu name={`${name}: ${now?.title ?? value}`} trigger={<>{prefix && <span className="dim">{prefix}</span>}<span className="clip">{title ?? now?.title ?? value}</span><ChevronDown aria-hidden /></>}>
      <Choices value={value} groups={[{ choices }]} pick={pick} />
    </Menu>
  )
}
