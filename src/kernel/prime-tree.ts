/**
 * Which entry answers when a file's PRIME cache has several for one dma-buf: they lie in a red-black tree ordered by buffer, equal ones to
 * the left, and a search takes the first equal one on its way down. With two that is the older one; with three the tree has turned.
 * Mirrors: drm_prime_add_buf_handle, drm_prime_lookup_buf_handle (drm_prime.c), rb_insert_color (lib/rbtree.c).
 * Leaves out: how entries that are gone have turned the tree; addresses of buffers, for which their age stands.
 */
import type { Id, Objects } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'

type Entry = Objects['drm_file']['prime'][number]
interface Node { readonly entry: Entry; readonly key: number; red: boolean; parent: Node | null; left: Node | null; right: Node | null }

class Tree {
  root: Node | null = null

  private turn(at: Node, down: 'left' | 'right'): void {
    const up = down === 'left' ? 'right' : 'left'
    const child = at[up]!
    at[up] = child[down]
    if (child[down]) child[down].parent = at
    child.parent = at.parent
    if (at.parent === null) this.root = child
    else at.parent[at.parent.left === at ? 'left' : 'right'] = child
    child[down] = at
    at.parent = child
  }

  insert(entry: Entry, key: number): void {
    let parent: Node | null = null
    for (let at = this.root; at; at = key > at.key ? at.right : at.left) parent = at
    let node: Node = { entry, key, red: true, parent, left: null, right: null }
    if (parent) parent[key > parent.key ? 'right' : 'left'] = node
    else this.root = node
    while (node.parent?.red) {
      const above: Node = node.parent.parent!
      const side = above.left === node.parent ? 'left' : 'right'
      const other = side === 'left' ? 'right' : 'left'
      const uncle: Node | null = above[other]
      if (uncle?.red) {
        node.parent.red = uncle.red = false
        above.red = true
        node = above
        continue
      }
      if (node.parent[other] === node) {
        node = node.parent
        this.turn(node, side)
      }
      node.parent!.red = false
      above.red = true
      this.turn(above, other)
    }
    this.root!.red = false
  }
}

/** The entry of this buffer that the file's table finds; undefined: there is none. */
export function lookupBuffer(k: Kernel, drmFile: Id<'drm_file'>, dmaBuf: Id<'dma_buf'> | null): Entry | undefined {
  const { prime } = k.world.get(drmFile)
  const of = prime.filter(entry => entry.dmaBuf === dmaBuf)
  if (of.length < 3) return of[0]
  const tree = new Tree()
  for (const entry of prime) tree.insert(entry, k.world.get(entry.dmaBuf).ino)
  const { ino } = k.world.get(dmaBuf!)
  let at = tree.root
  while (at && at.key !== ino) at = ino > at.key ? at.right : at.left
  return at?.entry
}
