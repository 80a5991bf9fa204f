/** A menu, drawn: choices of which one is made, or commands. Each entry shows its title and why one would take it. */
import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useLayer } from './layer.ts'
import type { MenuChoice, MenuProps } from './menus.tsx'

export default function OpenMenu({ name, trigger, className = 'button', align = 'start', value, groups, pick }: MenuProps) {
  const [layer, findLayer] = useLayer()
  const entries = groups.map((group, i) => (
    <DropdownMenu.Group key={group.label ?? i}>
      {group.label && <DropdownMenu.Label className="menu-label">{group.label}</DropdownMenu.Label>}
      {group.choices.map((choice, j) => (value === null ? (
        <DropdownMenu.Item key={j} className="menu-item" textValue={choice.title} onSelect={() => pick(choice.id)}><Entry {...choice} /></DropdownMenu.Item>
      ) : (
        <DropdownMenu.RadioItem key={choice.id} value={choice.id} className="menu-item" textValue={choice.title}>
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
        <DropdownMenu.Content className="menu" tabIndex={0} align={align} sideOffset={6} collisionPadding={8} aria-label={name}>
          {value === null ? entries : <DropdownMenu.RadioGroup value={value} onValueChange={pick}>{entries}</DropdownMenu.RadioGroup>}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>}
    </DropdownMenu.Root>
  )
}

function Entry({ title, shows, from, why }: MenuChoice) {
  return (
    <>
      <span className="title" style={{ gridColumn: 2 }}>{title}</span>
      {shows && <code>{shows}</code>}
      {from && <span className="who">{from}</span>}
      {why && <span className="why">{why}</span>}
    </>
  )
}
