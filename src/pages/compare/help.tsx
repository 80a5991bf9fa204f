/** All keys, from the same table that the keyboard uses. */
import { Dialog } from 'radix-ui'
import { ALL } from '../../app/all-keys.ts'
import type { Binding } from '../../app/keyboard.ts'
import { setLetters } from '../../app/letters.ts'
import { patch, useStore } from '../../app/store.ts'
import { Mark } from '../../stage/hardware/gesture-marks.tsx'
import { MEANS } from '../../stage/hardware/gesture-means.ts'
import { TALK_BINDINGS } from '../talk/keys.ts'
import type { GestureKind } from '../../stage/hardware/gestures.ts'

const GROUPS = { Step: 'Steps', Look: 'Looking', Page: 'Page' } as const

export default function Help() {
  const letters = useStore((now) => now.letters)
  const talking = useStore((now) => now.view === 'talk')
  return (
    <Dialog.Root open onOpenChange={(open) => patch({ panel: open ? 'help' : null })}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog help" aria-describedby={undefined}>
          <Dialog.Title asChild><h2>All keys</h2></Dialog.Title>
          {talking && <Talking />}
          {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
            <section key={group}>
              <h3>{GROUPS[group]}</h3>
              <Keys of={ALL.filter((binding) => binding.group === group)} />
            </section>
          ))}
          {!talking && <Talking />}
          <section>
            <h3>Marks beside caches, with the lines they count</h3>
            <dl className="marks-list">
              {(Object.keys(MEANS) as GestureKind[]).map((kind) => (
                <div key={kind}><dt><svg width="24" height="20" viewBox="-12 -10 24 20" aria-hidden><Mark kind={kind} x={0} y={0} out={1} scale={1.2} t={1} colour="currentColor" /></svg></dt><dd>{MEANS[kind]}</dd></div>
              ))}
            </dl>
          </section>
          <p className="fine">A slide clicker's page keys step. Keys are left alone in text fields and with Ctrl, Alt or ⌘ held.</p>
          <label className="switch"><input type="checkbox" checked={letters} onChange={(event) => setLetters(event.target.checked)} /> Letters, digits and signs act by themselves</label>
          {!letters && <p className="fine">Arrows, page keys, Home, End, Space, Esc and Ctrl+K still act. This browser remembers it.</p>}
          <Dialog.Close className="button strong">Close</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const Talking = () => <section><h3>In talk mode</h3><Keys of={TALK_BINDINGS} /></section>

const Keys = ({ of }: { of: readonly Binding[] }) => (
  <dl>
    {of.map(({ shows, does }) => (
      <div key={shows}>
        <dt>{shows.split('  ').map((key) => <kbd key={key}>{key}</kbd>)}</dt>
        <dd>{does}</dd>
      </div>
    ))}
  </dl>
)
