/** Whether keys that write a character act: speech input types them by accident. Kept in this browser, as the theme is. */
import { patch } from './store.ts'

const KEY = 'bufscope.letters'

export function setLetters(letters: boolean): void {
  patch({ letters })
  try {
    if (letters) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // Storage is refused: it lasts as long as the page.
  }
}

export function recallLetters(): void {
  try {
    if (localStorage.getItem(KEY) === 'off') patch({ letters: false })
  } catch {
    // As above.
  }
}
