/** The menu beside the platform: what hardware does by itself, and how large the buffer is. What it offers is fetched when it is opened. */
import { ChevronDown, Dices } from 'lucide-react'
import { mannerName } from '../../app/manner.ts'
import { useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { later } from './later.tsx'
import { SENTENCES } from './sentences.ts'

const Later = later('menu', () => import('./open-manner.tsx'))

export function MannerMenu() {
  const recipe = useStore((now) => (now.benches.find((bench) => bench.recipe.mode === 'explore') ?? now.benches[0]!).recipe)
  const now = mannerName(recipe)
  return <Later className="button by-itself" name={fill(SENTENCES.byItself, { title: now })} trigger={<><Dices aria-hidden /><span className="clip">{now}</span><ChevronDown aria-hidden /></>} />
}
