/** What the drawings of hardware say with numbers in it. `{name}`: what stands there is filled in; `{n#one|many}`: the noun for a count. A list: longest first, for less room. */
const STALE = ['{n} of {total} lines stale', '{n} {n#line|lines} stale', '{n} stale'] as const

export const FORMS = {
  clean: ['{n} {n#line|lines} clean', '{n} clean'],
  dirty: ['{n} {n#line|lines} dirty: not written back', '{n} {n#line|lines} dirty', '{n} dirty'],
  mixed: ['{n} {n#line|lines} dirty, {clean} clean', '{n} dirty, {clean} clean', '{n} dirty'],
  conflict: ['{n} {n#line|lines} dirty over newer bytes', '{n} dirty over newer', '{n} in conflict'],
  // As many as where it is said why: beside others each takes the form of the same place.
  stale: [STALE[0], ...STALE],
  staleSnooped: ['{n} of {total} lines stale, but every device looks into the caches', ...STALE],
  staleFreePage: ['{n} of {total} lines stale in a page that is free', ...STALE],
  staleFreePageSnooped: ['{n} of {total} lines stale in a page that is free, but every device looks into the caches', ...STALE],
  staleFreePages: ['{n} of {total} lines stale in pages that are free', ...STALE],
  staleFreePagesSnooped: ['{n} of {total} lines stale in pages that are free, but every device looks into the caches', ...STALE],
  staleScanned: ['{n} of {total} lines stale when it was read', ...STALE],
  wait: ['{n} {n#line waits|lines wait} for a barrier', '{n} waiting', '{n}'],
  coreWaits: ['core {core}: {n} {n#waits|wait}', 'core {core}: {n}'],
  coreEmpty: ['core {core}: empty', 'core {core}: {n}'],
  misread: ['no lines; its last job read {n} old {n#one|ones}', 'read {n} old {n#line|lines}', 'read {n} old'],
  older: ['frame {n}, from before the last writes', 'frame {n}: before the writes', 'frame {n}'],
  newest: ['frame {n}, newest', 'newest'],
  dramWhole: ['DRAM · {n} pages, {width} × {height} shown small', 'DRAM · {n} pages shown small', 'DRAM · {n} pages', 'DRAM'],
  dramPage: ['DRAM · page {page}', 'DRAM {page}', 'DRAM'],
} as const

export const SENTENCES = {
  linePicture: '{parties}. Enter chooses a line, arrow keys its neighbours',
  dramPage: 'DRAM, page {page}',
  pageOf: 'Page {at} of {count}',
  coreLine: 'core {core}, line {line} of the page shown: not in memory yet',
  coreLineElsewhere: 'core {core}, line {line} of another page: not in memory yet',
} as const
