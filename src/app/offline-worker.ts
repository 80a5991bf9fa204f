/**
 * The service worker: after a first visit the page opens without a network. Each build has a store of its own with all its files, filled
 * before it is used and emptied when the next build takes over, which is when no page of this one is open any more; so versions do not mix.
 * Files with a hash in their names come out of the store. All others, the page before all, come from the network while there is one.
 * Leaves out: a server that changes files on the way, such as one that writes into the page, gets no store, and the page needs its network.
 */

/** Path and what the file is to be; null where servers may unpack it. The build puts both in. */
declare const FILES: readonly (readonly [path: string, integrity: string | null])[]
declare const VERSION: string

interface Waiting { waitUntil(work: Promise<unknown>): void }
interface Asking { readonly request: Request; respondWith(answer: Promise<Response>): void }
interface Scope {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', hear: (event: Waiting) => void): void
  addEventListener(type: 'fetch', hear: (event: Asking) => void): void
}
const scope = self as unknown as Scope
const STORES = 'bufscope-'
const store = STORES + VERSION
const place = (path: string): string => new URL(path, scope.registration.scope).href
const known = new Set(FILES.map(([path]) => place(path)))

/** What an older build has of the same name and hash is the same file. */
async function fill(): Promise<void> {
  const files = await caches.open(store)
  await Promise.all(FILES.map(async ([path, integrity]) => {
    const hashed = path.startsWith('assets/')
    const here = hashed ? await caches.match(place(path), { ignoreVary: true }) : undefined
    const file = here ?? await fetch(place(path), { cache: hashed ? 'default' : 'no-cache', ...(integrity !== null && { integrity }) })
    if (!file.ok) throw new Error(`${path} cannot be kept: ${file.status}`)
    await files.put(place(path), file)
  }))
}

async function forgetOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(STORES) && name !== store) await caches.delete(name)
  await scope.clients.claim()
}

async function kept(url: string): Promise<Response | undefined> {
  return (await caches.open(store)).match(url, { ignoreVary: true })
}

async function answer(request: Request, url: string): Promise<Response> {
  if (url.startsWith(place('assets/'))) return await kept(url) ?? fetch(request)
  try {
    return await fetch(request)
  } catch (error) {
    const file = await kept(url)
    if (file) return file
    throw error
  }
}

scope.addEventListener('install', (event) => event.waitUntil(fill()))
scope.addEventListener('activate', (event) => event.waitUntil(forgetOthers()))
scope.addEventListener('fetch', (event) => {
  const url = event.request.url.replace(/[?#].*$/, '').replace(/\/index\.html$/, '/')
  if (event.request.method === 'GET' && known.has(url)) event.respondWith(answer(event.request, url))
})
