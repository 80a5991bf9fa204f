/**
 * What caches and write-combine buffers do, as steps: one event per range, its words packed. `line` is the first line of the
 * range, `lines` how many it spans, `written` how many of them moved: into the cache (fill, prefetch) or from it to memory.
 */
declare module '../journal/vocabulary.ts' {
  interface Events {
    'cache.fill': CacheEvent
    'cache.clean': CacheEvent
    'cache.invalidate': CacheEvent
    'cache.flush': CacheEvent
    'cache.evict': CacheEvent
    'cache.prefetch': CacheEvent
    /** Another agent's access (`by`) makes this cache write lines back, or give them up. */
    'cache.snoop': CacheEvent & { by: string }
    'wc.drain': { core: number; lines: number; why: string }
  }
}
export interface CacheEvent { readonly agent: Agent; readonly line: number; readonly lines: number; readonly written: number }
export type Agent = 'cpu' | 'gpu'

export const says = {
  'cache.fill': 'The {agent} cache did not hold **{written} {written#line|lines}** from {line} on: it brings them in.',
  'cache.clean': 'The {agent} cache writes **{written} dirty {written#line|lines}** of {lines} to memory and keeps {lines#it|them}, clean.',
  'cache.invalidate': 'The {agent} cache forgets its copies of **{lines} {lines#line|lines}** from {line} on, {written} of them after a write-back.',
  'cache.flush': 'The {agent} cache writes **{written} dirty {written#line|lines}** to memory and forgets all {lines} {lines#line|lines} from {line} on.',
  'cache.evict': 'Nobody asked for it: **lines leave the {agent} cache** to make room, {written} dirty ones to memory ({lines} {lines#line|lines} from {line} on).',
  'cache.prefetch': 'Nobody asked for it: the {agent} cache **brings {written} {written#line|lines} in** on speculation, from {line} on.',
  'cache.snoop': 'The {agent} cache is **looked into** ({by}) for {lines} {lines#line|lines} from {line} on: it writes {written} of them to memory and lets the other go on.',
  'wc.drain': 'The write-combine buffer of core {core} sends **{lines} {lines#line|lines}** to memory ({why}).',
} as const
