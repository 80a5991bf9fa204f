/**
 * Filling the kernel's shelves. The page's worker comes with what its first run needs and fetches the rest (worker/rest.ts); in Node
 * everything is there at once.
 */

/** Puts the files of a folder on a shelf, by the names that they give themselves. */
export const stocking = <T extends { readonly name: string }>(shelf: Record<string, T>) => (files: Readonly<Record<string, { readonly default: T }>>): void => {
  for (const { default: each } of Object.values(files)) shelf[each.name] = each
}
