/** What a browser keeps for the page under a name, as text. Some embeddings refuse it, or it is full: then the page knows it for as long as it is open. */

const storage = (tab: boolean): Storage => (tab ? sessionStorage : localStorage)

/** `tab`: of this tab and its reloads alone. null: nothing is kept there; undefined: nothing can be. */
export function kept(name: string, tab = false): string | null | undefined {
  try {
    return storage(tab).getItem(name)
  } catch {
    return undefined
  }
}

/** Whether it is kept now. `text` null: it is forgotten. */
export function keep(name: string, text: string | null, tab = false): boolean {
  try {
    if (text === null) storage(tab).removeItem(name)
    else storage(tab).setItem(name, text)
    return true
  } catch {
    return false
  }
}
