/** The time of day, and how long the talk has taken. */
import { useEffect, useState } from 'react'
import { keep, kept } from '../../app/keep.ts'

const KEY = 'bufscope.talk.begun'
const SECOND_MS = 1000

const two = (value: number): string => String(value).padStart(2, '0')
const elapsed = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS))
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

export function Clock() {
  const [begun, setBegun] = useState(() => Number(kept(KEY, true)) || Date.now())
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    keep(KEY, String(begun), true)
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
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
