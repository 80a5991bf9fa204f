/** What each mark of the hardware stands for, for the page that lists them. */
import type { GestureKind } from './gestures.ts'

export const MEANS: Readonly<Record<GestureKind, string>> = {
  clean: 'clean: dirty lines go to memory and stay', invalidate: 'invalidate: lines are forgotten', flush: 'clean and invalidate', evict: 'eviction: lines leave by themselves',
  fill: 'fill: lines come in', prefetch: 'speculative fill: nobody asked for it', drain: 'drain of a write-combine buffer', snoop: 'snoop: another party looks in', sweep: "flush of the GPU's cache", shootdown: 'TLB shoot-down', lost: 'a translation leaves a TLB by itself',
}
