/** On a phone: everything that can be chosen, on a sheet. */
import { Play, Plus } from 'lucide-react'
import { Dialog } from 'radix-ui'
import * as playhead from '../../app/playhead.ts'
import { copyLink } from '../../app/keyboard.ts'
import { undo } from '../../app/open.ts'
import { useStore } from '../../app/store.ts'
import { MOST_BENCHES } from '../../app/address.ts'
import { benchNames } from '../../app/names.ts'
import { fill } from '../../base/fill.ts'
import { addBench, removeBench } from './benches.ts'
import { groupsOf } from './bench-header.tsx'
import { chooseForAll, storiesIn } from './choose.ts'
import { ThemeMenu, toggle } from './header.tsx'
import { MannerMenu } from './manner.tsx'
import type { Opener } from './later.tsx'
import { ChoiceMenu, Menu } from './menus.tsx'
import { offered } from './offered.ts'
import { LeavesOut, PartsTable } from './parts.tsx'
import { SENTENCES } from './sentences-later.ts'
import { Depths } from './transport.tsx'

export default function ChoicesSheet({ trigger, name, className = 'button' }: Opener) {
  const catalog = useStore((now) => now.catalog)
  const recipe = useStore((now) => now.benches[0]!.recipe)
  const count = useStore((now) => now.benches.length)
  const canUndo = useStore((now) => now.edits.length > 0)
  const chosen = useStore((now) => now.benches[0]!.run?.journal.header.chosen)
  if (!catalog) return null
  return (
    <Dialog.Root defaultOpen>
      <Dialog.Trigger className={className} aria-label={name}>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog choices-sheet" aria-describedby={undefined}>
          <Dialog.Title asChild><h2>What runs</h2></Dialog.Title>
          <div className="stack">
            <ChoiceMenu name="Scenario" value={recipe.scenario} choices={storiesIn(catalog, recipe.scenario)} pick={(id) => chooseForAll({ scenario: id, program: undefined })} />
            <ChoiceMenu name="Platform" value={recipe.platform} choices={catalog.platforms} pick={(id) => chooseForAll({ platform: id })} />
            <MannerMenu />
            <ChoiceMenu name="Exporter" prefix="exporter" value={recipe.exporter ?? chosen?.exporter ?? ''} choices={offered(catalog, recipe, 'exporters')} pick={(id) => chooseForAll({ exporter: id })} />
          </div>
          <Benches />
          <div className="parts" data-count={count}><PartsTable /><LeavesOut /></div>
          <div className="row">
            <Depths /><ThemeMenu />
            <Dialog.Close className="button" onClick={playhead.togglePlay}><Play aria-hidden />Play</Dialog.Close>
            <Dialog.Close className="button" onClick={() => playhead.difference(1)}>Next difference</Dialog.Close>
            <Dialog.Close className="button" onClick={() => toggle('story')}>Story</Dialog.Close>
            <Dialog.Close className="button" onClick={() => toggle('program')}>Program</Dialog.Close>
            <Dialog.Close className="button" onClick={() => toggle('transcript')}>Text</Dialog.Close>
            <Dialog.Close className="button" onClick={() => toggle('costs')}>Costs</Dialog.Close>
            <Dialog.Close className="button" onClick={() => toggle('explore')}>Explore</Dialog.Close>
            <Dialog.Close className="button" onClick={() => toggle('take')}>Take it with you</Dialog.Close>
            <Dialog.Close className="button" onClick={undo} disabled={!canUndo}>Undo</Dialog.Close>
            <Dialog.Close className="button" onClick={() => void copyLink()}>Copy link</Dialog.Close>
          </div>
          <div className="row">
            <Dialog.Close className="button strong">Done</Dialog.Close>
            <Dialog.Close asChild><a className="button" href="#evidence">Evidence</a></Dialog.Close>
            <Dialog.Close asChild><a className="button" href="#hazards">Hazards</a></Dialog.Close>
            <Dialog.Close asChild><a className="button" href="#read">Chapters</a></Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Which runs there are: a swipe goes through them. */
function Benches() {
  const catalog = useStore((now) => now.catalog)!
  const benches = useStore((now) => now.benches)
  const names = benchNames(benches.map(({ recipe }) => recipe))
  return (
    <div className="row" role="group" aria-label="Benches">
      {benches.length > 1 && names.map((name, bench) => <button key={bench} className="button" onClick={() => removeBench(bench)}>{fill(SENTENCES.remove, { name })}</button>)}
      {benches.length < MOST_BENCHES && <Menu name="Add a bench" trigger={<><Plus aria-hidden />Add a bench</>} value={null} groups={groupsOf(catalog, benches[0]!.recipe)} pick={addBench} />}
    </div>
  )
}
