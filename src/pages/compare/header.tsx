/** The top line: where we are, and what the whole comparison runs on. */
import { BookOpen, ChartBar, ClipboardCheck, Code2, Command, Download, GraduationCap, Keyboard, ListOrdered, Presentation, Redo2, SlidersHorizontal, SunMoon, TriangleAlert, Undo2, Waypoints } from 'lucide-react'
import { memo } from 'react'
import { talk } from '../../app/keyboard.ts'
import { redo, undo } from '../../app/open.ts'
import { patch, useStore, type State } from '../../app/store.ts'
import { applyTheme, THEMES, THEME_TITLES, type Theme } from '../../app/theme.ts'
import { fill } from '../../base/fill.ts'
import { chooseForAll, storiesIn } from './choose.ts'
import { MannerMenu } from './manner.tsx'
import { later } from './later.tsx'
import { ChoiceMenu, Menu } from './menus.tsx'
import { offered } from './offered.ts'
import { SENTENCES } from './sentences.ts'

const Parts = later('dialog', () => import('./parts-popover.tsx'))

export function Logo() {
  return (
    <span className="logo">
      <svg viewBox="0 0 14 20" width="14" height="20" aria-hidden><path d="M0 0h7v10H0zM7 10h7v10H7z" fill="currentColor" /></svg>
      bufscope
    </span>
  )
}

export const Header = memo(function Header() {
  const catalog = useStore((now) => now.catalog)
  const recipe = useStore((now) => now.benches[0]!.recipe)
  const chosen = useStore((now) => now.benches[0]!.run?.journal.header.chosen)
  const panel = useStore((now) => now.panel)
  const scenario = catalog?.scenarios.find((each) => each.id === recipe.scenario)
  return (
    <header className="top">
      <Logo />
      <h1 className="unseen">{scenario?.title ?? 'The story, July 2019'}</h1>
      {catalog && (
        <nav className="choices" aria-label="What runs">
          <ChoiceMenu name="Scenario" value={recipe.scenario} choices={storiesIn(catalog, recipe.scenario)} pick={(id) => chooseForAll({ scenario: id, program: undefined, skip: undefined })} />
          <ChoiceMenu name="Platform" value={recipe.platform} choices={catalog.platforms} pick={(id) => chooseForAll({ platform: id })} />
          <MannerMenu />
          <ChoiceMenu name="Exporter" prefix="exporter" value={recipe.exporter ?? chosen?.exporter ?? ''} choices={offered(catalog, recipe, 'exporters')} pick={(id) => chooseForAll({ exporter: id })} />
          <Parts trigger={<><SlidersHorizontal aria-hidden /><span className="word">Parts</span></>} />
        </nav>
      )}
      <span className="gap" />
      <Edits />
      <button className="button" aria-pressed={panel === 'story'} onClick={() => toggle('story')} title="What this story is about"><BookOpen aria-hidden /><span className="word">Story</span></button>
      <button className="button" aria-pressed={panel === 'program'} onClick={() => toggle('program')} title="The program that runs, to be changed"><Code2 aria-hidden /><span className="word">Program</span></button>
      <button className="button" aria-pressed={panel === 'transcript'} onClick={() => toggle('transcript')} title="Every step as text"><ListOrdered aria-hidden /><span className="word">Text</span></button>
      <button className="button square" aria-pressed={panel === 'costs'} onClick={() => toggle('costs')} aria-label="Costs" title="What it costs, as counts"><ChartBar aria-hidden /></button>
      <a className="button square" href="#read" aria-label="Chapters" title="Chapters: one lesson each"><GraduationCap aria-hidden /></a>
      <a className="button square" href="#hazards" aria-label="Hazards" title="Hazards: what goes wrong, and when"><TriangleAlert aria-hidden /></a>
      <button className="button square" aria-pressed={panel === 'explore'} onClick={() => toggle('explore')} aria-label="Explore" title="Explore: every way these runs can end"><Waypoints aria-hidden /></button>
      <a className="button square" href="#evidence" aria-label="Evidence" title="Evidence: what real kernels answered"><ClipboardCheck aria-hidden /></a>
      <button className="button square" aria-pressed={panel === 'take'} onClick={() => toggle('take')} aria-label="Take it with you" title="Take it with you: pictures, text, links"><Download aria-hidden /></button>
      <button className="button square" onClick={talk} aria-label="Talk mode" title="Talk mode (T)"><Presentation aria-hidden /></button>
      <ThemeMenu />
      <button className="button square" onClick={() => patch({ panel: 'palette' })} aria-label="All commands" title="All commands (Ctrl+K)"><Command aria-hidden /></button>
      <button className="button square" onClick={() => patch({ panel: 'help' })} aria-label="All keys" title="All keys (?)"><Keyboard aria-hidden /></button>
    </header>
  )
})

/** Choices and edits taken back, and made again. */
function Edits() {
  const canUndo = useStore((now) => now.edits.length > 0)
  const canRedo = useStore((now) => now.undone.length > 0)
  return (
    <>
      <button className="button square" aria-disabled={!canUndo} onClick={undo} aria-label="Undo the last choice" title="Undo the last choice (Z)"><Undo2 aria-hidden /></button>
      <button className="button square" aria-disabled={!canRedo} onClick={redo} aria-label="Redo it" title="Redo it (Shift+Z)"><Redo2 aria-hidden /></button>
    </>
  )
}

export function toggle(panel: State['panel']): void {
  patch({ panel: useStore.getState().panel === panel ? null : panel })
}

export function ThemeMenu() {
  const theme = useStore((now) => now.theme)
  const pick = (next: string): void => {
    applyTheme(next as Theme)
    patch({ theme: next as Theme })
  }
  return (
    <Menu
      name={fill(SENTENCES.theme, { title: THEME_TITLES[theme] })} className="button square" trigger={<SunMoon aria-hidden />} align="end"
      value={theme} groups={[{ choices: THEMES.map((id) => ({ id, title: THEME_TITLES[id] })) }]} pick={pick}
    />
  )
}
