/** What the runs cost up to this step, as counts side by side: the bar is what was done so far, its outline the whole run. */
import { useMemo } from 'react'
import { goTo } from '../../app/playhead.ts'
import { benchName } from '../../app/names.ts'
import { lineOf } from '../../app/skip.ts'
import { patch, seqAt, useStore, type Bench } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { COSTS, costsOf, type Cost, type Costs } from '../../journal/costs.ts'
import { Panel } from './panel.tsx'
import { SENTENCES } from './sentences-later.ts'
import './costs.css'

const WORDS: Readonly<Record<Cost, { readonly title: string; readonly why: string }>> = {
  syscalls: { title: 'system calls', why: 'Every crossing into the kernel, also those that a library makes.' },
  faults: { title: 'page faults', why: 'Of CPU and GPU. A mapping is filled in page by page, when it is touched.' },
  cleaned: { title: 'lines cleaned', why: "Lines that the CPU's cache was told to write back, dirty or not: each costs a look." },
  invalidated: { title: 'lines invalidated', why: "Lines that the CPU's cache was told to forget; what is read again has to be fetched again." },
  gpuFlushed: { title: 'GPU cache lines flushed', why: 'At the start and end of jobs, and when tables change.' },
  drained: { title: 'lines drained', why: 'From write-combine buffers to memory.' },
  bus: { title: 'bytes over the bus', why: 'Between memory and everybody else: whole lines into and out of caches, uncached access, scan-out.' },
  tlbCpu: { title: 'TLB flushes, CPU', why: 'Each is told to all cores and waited for.' },
  tlbGpu: { title: 'TLB flushes, GPU', why: 'Each locks a region and waits for the MMU.' },
  jobs: { title: 'GPU jobs', why: 'What was asked of the GPU itself.' },
}
/** A call without a key is nobody's: a device, or hardware by itself. */
const NOBODY = 'devices, and hardware by itself'

const NONE = -1
function useCosts(benches: readonly Bench[], at: number): readonly ({ now: Costs; whole: Costs } | null)[] {
  const rows = useStore((now) => now.rows)
  const wholes = useMemo(() => benches.map(({ run }) => run && costsOf(run.journal, run.journal.steps.length)), [benches])
  return useMemo(() => benches.map(({ run }, bench) => {
    const whole = wholes[bench]
    return run && whole ? { now: costsOf(run.journal, at === 0 ? NONE : seqAt(rows, at, bench, run.journal.header.start)), whole } : null
  }), [benches, rows, at, wholes])
}

const number = (count: number): string => count.toLocaleString('en')

export default function CostsPanel() {
  const benches = useStore((now) => now.benches)
  const at = useStore((now) => now.at)
  const costs = useCosts(benches, at)
  return (
    <Panel title="What it costs" label="Costs" close={() => patch({ panel: null })}>
      <p className="fine">{fill(SENTENCES.countedTo, { at })}</p>
      <div className="costs">
        {COSTS.map((cost) => {
          const most = Math.max(1, ...costs.map((each) => each?.whole.total[cost] ?? 0))
          const totals = costs.map((each) => each?.now.total[cost] ?? 0)
          return (
            <details key={cost} data-differs={totals.some((count) => count !== totals[0])}>
              <summary>
                <h3 title={WORDS[cost].why}>{WORDS[cost].title}</h3>
                {costs.map((each, bench) => each && (
                  <span className="cost" key={bench}>
                    <b className="tag">{benchName(benches[bench]!.recipe)}</b>
                    <span className="bar" aria-hidden="true"><i className="whole" style={{ width: `${(each.whole.total[cost] / most) * 100}%` }} /><i className="now" style={{ width: `${(each.now.total[cost] / most) * 100}%` }} /></span>
                    <span className="count">{number(each.now.total[cost])}<span className="fine"> {fill(SENTENCES.ofWhole, { whole: number(each.whole.total[cost]) })}</span></span>
                  </span>
                ))}
              </summary>
              <p className="fine">{WORDS[cost].why}</p>
              {costs.map((each, bench) => each && <Causes key={bench} bench={bench} name={benchName(benches[bench]!.recipe)} calls={each.whole.calls[cost]} />)}
            </details>
          )
        })}
      </div>
    </Panel>
  )
}

const MOST = 6

/** The dearest calls of a run, with the way to each. */
function Causes({ bench, name, calls }: { bench: number; name: string; calls: ReadonlyMap<string, number> }) {
  const rows = useStore((now) => now.rows)
  const dearest = [...calls].sort(([, a], [, b]) => b - a)
  if (dearest.length === 0) return <p className="fine">{fill(SENTENCES.never, { bench: name })}</p>
  return (
    <>
      <h4>{name}</h4>
      <ul>
        {dearest.slice(0, MOST).map(([key, count]) => {
          const row = key === '' ? -1 : rows.findLastIndex((each) => each.key === key)
          const text = lineOf(bench, key)?.text ?? NOBODY
          return <li key={key}><b>{number(count)}</b> {row < 0 ? <span>{text}</span> : <button className="link" onClick={() => goTo(row + 1)}><code>{text}</code></button>}</li>
        })}
      </ul>
      {dearest.length > MOST && <p className="fine">{fill(SENTENCES.moreCalls, { count: dearest.length - MOST })}</p>}
    </>
  )
}
