/** Comparisons worth opening, as links that outlive step numbers: a landmark says where. */
export interface StoredMoment { readonly title: string; readonly why: string; readonly fragment: string }

export const moments: readonly StoredMoment[] = [
  { title: 'V4 | V5: one flag', why: 'The same call is refused on the left and works on the right.', fragment: '#scenario=canonical&variants=V4,V5&platform=rk3399&step=0' },
  { title: 'V2 | V6: refuse, or redirect', why: 'Steven Price\'s two answers: the one that broke Mesa, and the one that forgets a reference.', fragment: '#scenario=canonical&variants=V2,V6&platform=rk3399&step=0' },
  { title: 'V1 | V9: then and now', why: 'Both work. Only one of them has asked the exporter.', fragment: '#scenario=canonical&variants=V1,V9&platform=rk3399&step=0' },
  { title: 'Stripes: V1 | V5 with a cached exporter', why: 'E2 is mapped cached and nobody cleans it: half of the day stays in the CPU\'s cache, and the GPU and the display see stripes of night.', fragment: '#scenario=canonical&variants=V1,V5&platform=rk3399&exporter=E2&landmark=day%20shown' },
]

/** The moment at which stripes of the old picture can be seen. */
export const STALE = moments.at(-1)!
