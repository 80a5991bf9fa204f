/** The open menu of what hardware does by itself. */
import { useStore } from '../../app/store.ts'
import type { Opener } from './later.tsx'
import { chooseManner, MANNERS, SIZES } from './manners.ts'
import OpenMenu from './open-menu.tsx'

const groups = [{ label: 'What hardware does by itself', choices: MANNERS }, { label: 'How large', choices: SIZES }]

export default function OpenManner({ name = '', trigger }: Opener) {
  const mode = useStore((now) => now.benches[0]!.recipe.mode ?? 'scripted')
  return <OpenMenu name={name} trigger={trigger} value={mode} groups={groups} pick={chooseManner} />
}
