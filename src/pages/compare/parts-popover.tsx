/** The table of parts in a popover, with what these runs leave out. */
import { Popover } from 'radix-ui'
import { useStore } from '../../app/store.ts'
import type { Opener } from './later.tsx'
import { useLayer } from './layer.ts'
import { LeavesOut, PartsTable } from './parts.tsx'

export default function PartsPopover({ trigger, className = 'button' }: Opener) {
  const [layer, findLayer] = useLayer()
  const count = useStore((now) => now.benches.length)
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger ref={findLayer} className={className}>{trigger}</Popover.Trigger>
      {layer && <Popover.Portal container={layer}>
        <Popover.Content className="menu parts" data-count={count} sideOffset={6} collisionPadding={8} aria-label="Parts of each bench">
          <PartsTable />
          <LeavesOut />
        </Popover.Content>
      </Popover.Portal>}
    </Popover.Root>
  )
}
