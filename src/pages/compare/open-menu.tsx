/**
 * A menu, drawn: choices of which one is made, or commands. Each entry shows its title and why one would take it; a long menu shows
 * titles under headings, and below them what is to be said of the one that is lit.
 */
import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useId, useRef, useState } from 'react'
import { useLayer } from './layer.ts'
import type { MenuChoice, MenuProps } from './menus.tsx'
import './open-menu.css'

/** More entries than these do not fit with all that is to be said of each. */
const FEW = 10

export default function OpenMenu({ name, trigger, className = 'button', align = 'start', value, groups, pick }: MenuProps) {
  const [layer, findLayer] = useLayer()
  const [lit, setLit] = useState(value)
  const about = useId()
  const content = useRef<HTMLDivElement>(null)
  const all = groups.flatMap((group) => group.choices)
  const long = all.length > FEW
  const shown = all.find(({ id }) => id === lit) ?? all[0]
  // A long menu opens where the choice made stands, which may be out of sight; its list scrolls, so something in it has to hold the focus.
  useEffect(() => {
    const first = (of: string) => content.current?.querySelector<HTMLElement>(of)
    if (long) (first('[aria-checked="true"]') ?? first('[role^="menuitem"]'))?.focus()
  }, [long, layer])
  const item = (choice: MenuChoice) => ({ className: 'menu-item', textValue: choice.title, ...(long && { onFocus: () => setLit(choice.id), 'aria-describedby': about }) })
  const entries = groups.map((group, i) => (
    <DropdownMenu.Group key={group.label ?? i} className="menu-group">
      {group.label && <DropdownMenu.Label className="menu-label">{group.label}</DropdownMenu.Label>}
      {group.choices.map((choice, j) => (value === null ? (
        <DropdownMenu.Item key={j} {...item(choice)} onSelect={() => pick(choice.id)}><Entry {...choice} /></DropdownMenu.Item>
      ) : (
        <DropdownMenu.RadioItem key={choice.id} value={choice.id} {...item(choice)}>
          <DropdownMenu.ItemIndicator className="tick"><Check size={16} aria-hidden /></DropdownMenu.ItemIndicator>
          <Entry {...choice} />
        </DropdownMenu.RadioItem>
      )))}
    </DropdownMenu.Group>
  ))
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger ref={findLayer} className={className} aria-label={name}>{trigger}</DropdownMenu.Trigger>
      {layer && <DropdownMenu.Portal container={layer}>
        <DropdownMenu.Content ref={content} className={long ? 'menu long' : 'menu'} tabIndex={0} align={align} sideOffset={6} collisionPadding={8} aria-label={name}>
          <div className="entries">{value === null ? entries : <DropdownMenu.RadioGroup value={value} onValueChange={pick}>{entries}</DropdownMenu.RadioGroup>}</div>
          {long && shown && <div className="about" id={about} aria-hidden><Entry {...shown} /></div>}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>}
    </DropdownMenu.Root>
  )
}

function Entry({ title, shows, from, when, why }: MenuChoice) {
  return (
    <>
      <span className="title">{title}</span>
      {shows && <code>{shows}</code>}
      {from && <span className="who">{from}</span>}
      {when && <span className="when">{when}</span>}
      {why && <span className="why">{why}</span>}
    </>
  )
}
