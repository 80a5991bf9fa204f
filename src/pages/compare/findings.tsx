/** What the watchers have seen in a run up to this moment. Each finding leads to the step after which it was seen. */
import { Eye } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Finding } from '../../journal/run.ts'
import { castOf, nameOf, namesIn } from '../../journal/say.ts'
import { goTo } from '../../app/playhead.ts'
import { rowAfter, seqAt, state, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { Menu } from './menus.tsx'
import { SENTENCES } from './sentences.ts'

const NONE: readonly Finding[] = []

function useFindings(bench: number): readonly Finding[] {
  const findings = useStore((now) => now.benches[bench]?.run?.findings ?? NONE)
  const seq = useStore((now) => seqAt(now.rows, now.at, bench, now.benches[bench]?.run?.journal.header.start ?? 0))
  const ended = useStore((now) => now.at === now.rows.length)
  return ended ? findings : findings.filter((finding) => finding.seq <= seq)
}

/** Around the verdict: a menu where there is something to list, else the verdict as it is. */
export default function WithFindings({ bench, verdict, children }: { bench: number; verdict: string; children: ReactNode }) {
  const findings = useFindings(bench)
  const journal = useStore((now) => now.benches[bench]?.run?.journal)
  if (findings.length === 0 || !journal) return <>{children}</>
  const cast = [castOf(journal)]
  const choices = findings.map(({ known, title, text, objects, seq, facts }) => {
    const at = rowAfter(state().rows, bench, seq)
    return { id: String(at), title: `${known} · ${title}`, why: namesIn(text, cast), shows: fill(SENTENCES.missing, facts), when: facts.fix, from: fill(SENTENCES.concernsAt, { objects: objects.map((id) => nameOf(id, cast)).join(' · '), at }) }
  })
  return (
    <Menu
      name={fill(SENTENCES.watchersSaw, { verdict, count: findings.length })} className="with-findings" align="end"
      trigger={<>{children}<span className="finding-count" title="What the watchers saw"><Eye size={15} aria-hidden />{findings.length}</span></>}
      value={null} groups={[{ label: 'What the watchers saw', choices }]} pick={(at) => goTo(Number(at))}
    />
  )
}
