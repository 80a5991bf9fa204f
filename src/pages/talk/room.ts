/** The room in which a talk is held: the screen stays awake, fills itself, and hides a cursor that rests. */
import { useEffect, useState } from 'react'
import { notifyBriefly } from '../../app/store.ts'

export async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
    else await document.documentElement.requestFullscreen()
  } catch {
    notifyBriefly('This browser does not let the page fill the screen. Its own key, mostly F11, may.')
  }
}

/** While a talk is on the screen does not go to sleep. Where this cannot be had, the system's own setting holds. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let over = false
    // A page that was hidden has lost it.
    const hold = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      try {
        const got = await navigator.wakeLock.request('screen')
        if (over) await got.release()
        else lock = got
      } catch {
        // Refused on low battery, or where the page is not trusted.
      }
    }
    void hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', hold)
      void lock?.release()
    }
  }, [])
}

const REST_MS = 2500

/** Whether the pointer has rested for a while. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const moved = (): void => {
      if (timer) clearTimeout(timer)
      setIdle(false)
      timer = setTimeout(() => setIdle(true), REST_MS)
    }
    addEventListener('pointermove', moved)
    addEventListener('pointerdown', moved)
    return () => {
      if (timer) clearTimeout(timer)
      removeEventListener('pointermove', moved)
      removeEventListener('pointerdown', moved)
    }
  }, [])
  return idle
}
