/** The marks of a chapter's text: what is bold, an identifier, a term, a link. */
export type Piece =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly inner: readonly Piece[] }
  | { readonly kind: 'term'; readonly text: string; readonly term: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

const MARKS = /(\*\*.+?\*\*|`[^`]+`|\[[^\]]+\](?:\([^)]+\))?)/

export function pieces(text: string): readonly Piece[] {
  return text.split(MARKS).filter((part) => part !== '').map((part): Piece => {
    if (part.startsWith('**')) return { kind: 'strong', inner: pieces(part.slice(2, -2)) }
    if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) }
    const [, words, href] = /^\[([^\]]+)\](?:\(([^)]+)\))?$/.exec(part) ?? []
    if (words === undefined) return { kind: 'text', text: part }
    if (href !== undefined) return { kind: 'link', text: words, href }
    const [shown, term] = words.split('|') as [string, string | undefined]
    return { kind: 'term', text: shown, term: term ?? shown }
  })
}

/** Every piece of a text, those inside a claim too. */
export const flat = (found: readonly Piece[]): readonly Piece[] => found.flatMap((piece) => (piece.kind === 'strong' ? [piece, ...flat(piece.inner)] : [piece]))
