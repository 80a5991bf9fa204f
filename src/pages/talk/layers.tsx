/** Panels, menus and notices over a window of the talk, as on the whole page. */
import { Notices } from '../compare/notices.tsx'
import Overlays from '../compare/overlays.tsx'
import { useShown } from '../compare/shown.ts'

export function Layers({ className }: { className: string }) {
  const shown = useShown()
  return (
    <div className={className}>
      <Notices />
      <div id="layer" role="region" aria-label="Open menu" />
      <Overlays shown={shown} />
    </div>
  )
}
