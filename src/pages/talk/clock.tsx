/** The time of day, and how long the talk has taken. */
import { useEffect, useState } from 'react'

const KEY = 'bufscope.talk.begun'
const SECOND = 1000

function stored(): number {
  try {
    return Number(sessionStorage.getItem(KEY)) || Date.now()
  } catch {
    // Storage is refused: a reload begins anew.
    return Date.now()
  }
}
function store(begun: number): void {
  try {
    sessionStorage.setItem(KEY, String(begun))
  } catch {
    // As above.
  }
}

const two = (value: number): string => String(value).padStart(2, '0')
export const elapsed = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

export function Clock() {
  const [begun, setBegun] = useState(stored)
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    store(begun)
    const timer = setInterval(() => setNow(Date.now()), SECOND)
    return () => clearInterval(timer)
  }, [begun])
  const day = new Date(now)
  const restart = (): void => {
    setBegun(Date.now())
    setNow(Date.now())
  }
  return (
    <div className="clock">
      <time aria-label="Time">{two(day.getHours())}:{two(day.getMinutes())}</time>
      <time aria-label="Elapsed" role="timer">{elapsed(now - begun)}</time>
      <button className="button" onClick={restart}>From zero</button>
    </div>
  )
}
