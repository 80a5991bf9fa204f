/** Everything the page can do, by name: what the palette offers. */
import { ALL } from '../../app/all-keys.ts'
import { patch } from '../../app/store.ts'
import { applyTheme, THEMES, THEME_TITLES } from '../../app/theme.ts'
import type { Catalog, Choice } from '../../journal/run.ts'
import { MOST_BENCHES } from '../../app/address.ts'
import { fill } from '../../base/fill.ts'
import { addBench, removeBench } from './benches.ts'
import { chooseForAll, chooseVariant, storiesIn } from './choose.ts'
import { SENTENCES } from './sentences-later.ts'

export interface Command {
  readonly id: string
  readonly title: string
  /** Keys that do the same, as the help shows them. */
  readonly keys: string
  readonly run: () => void
}

const offer = (what: string, choices: readonly Choice[], run: (id: string) => void): Command[] =>
  choices.map(({ id, title }) => ({ id: `${what} ${id}`, title: `${what}: ${title}`, keys: '', run: () => run(id) }))

export function commands(catalog: Catalog, benches: number): Command[] {
  const panels = {
    story: 'Open the story', program: 'Open the program', transcript: 'Open the runs as text', costs: 'Open what the runs cost', explore: 'Open Explore: all runs, and every way they can end',
    take: 'Open what you can take with you: pictures, text, links', help: 'Open all keys',
  } as const
  const variants = catalog.variants.map((each) => ({ ...each, id: each.number || each.id, title: `${each.number} · ${each.title}` }))
  return [
    // The number keys want a number, and those that move what is seen a direction: they are offered by name below.
    ...ALL.filter(({ keys }) => !['1', 'Escape', 'h'].includes(keys[0]!)).map(({ does, shows, run, keys }) => ({ id: shows, title: does.charAt(0).toUpperCase() + does.slice(1), keys: shows, run: () => run(keys[0]!) })),
    ...ALL.filter(({ keys }) => keys[0] === 'h').flatMap(({ run }) => Object.entries({ h: 'left', j: 'down', k: 'up', l: 'right' }).map(([key, way]) => ({ id: `see ${way}`, title: fill(SENTENCES.fromClose, { way }), keys: key.toUpperCase(), run: () => run(key) }))),
    ...Array.from({ length: benches }, (_, bench) => ({ id: `alone ${bench}`, title: fill(SENTENCES.benchAlone, { number: bench + 1 }), keys: String(bench + 1), run: () => patch({ focus: bench, bench }) })),
    ...Object.entries(panels).map(([panel, title]) => ({ id: `panel ${panel}`, title, keys: '', run: () => patch({ panel: panel as keyof typeof panels }) })),
    { id: 'read', title: 'Open the chapters: one lesson each', keys: '', run: () => { location.hash = '#read' } },
    { id: 'gallery', title: 'Open the gallery: every scene at its moments', keys: '', run: () => { location.hash = '#gallery' } },
    { id: 'hazards', title: 'Open the hazards: what goes wrong, and when', keys: '', run: () => { location.hash = '#hazards' } },
    { id: 'evidence', title: 'Open the evidence: what real kernels answered', keys: '', run: () => { location.hash = '#evidence' } },
    ...Array.from({ length: benches }, (_, bench) => offer(fill(SENTENCES.bench, { number: bench + 1 }), variants, (id) => chooseVariant(bench, id))).flat(),
    ...(benches < MOST_BENCHES ? offer('Add a bench', variants, addBench) : []),
    ...(benches > 1 ? Array.from({ length: benches }, (_, bench) => ({ id: `remove ${bench}`, title: fill(SENTENCES.removeBench, { number: bench + 1 }), keys: '', run: () => removeBench(bench) })) : []),
    ...offer('Scenario', storiesIn(catalog), (scenario) => chooseForAll({ scenario, program: undefined, skip: undefined })),
    ...offer('Platform', catalog.platforms, (platform) => chooseForAll({ platform })),
    ...offer('Exporter', catalog.exporters, (exporter) => chooseForAll({ exporter })),
    ...THEMES.map((theme) => ({
      id: `theme ${theme}`, title: fill(SENTENCES.theme, { title: THEME_TITLES[theme] }), keys: '', run: () => {
        applyTheme(theme)
        patch({ theme })
      },
    })),
  ]
}
