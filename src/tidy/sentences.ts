/** English that a reader sees stands whole in a table (`sentences.ts` of its folder), with named holes: nothing of pages and stage puts it together from pieces. */
import { parsed, walk, type Node } from './imports.ts'
import { isTest, type Tree } from './tree.ts'

/** A word stands between spaces; what has none is a name for the machine (`line:5`, `gap:3`), or a shape (`translate(4 5)`). */
const WORD = /(?:^|[\s(“])[A-Za-z][a-z]+(?=$|[\s.,:;!?)”'])/
const isEnglish = (text: string): boolean => WORD.test(text) && /\s/.test(text)
/** The half of a sentence: it begins or ends where another half is joined on. */
const isHalf = (text: string): boolean => /^(\s|[,;:]\s).*[A-Za-z]{2}|[A-Za-z]{2}.*[\w,;:]\s$/s.test(text)

/** What no reader sees. */
const UNSEEN = /^(className|d|href|id|key|points|style|transform|viewBox|data-.*)$/
const nameOf = (node: unknown): string => String((node as Node | undefined)?.name ?? (node as Node | undefined)?.value ?? '')
const isUnseen = (node: Node): boolean => (node.type === 'JSXAttribute' && UNSEEN.test(nameOf(node.name))) || (node.type === 'Property' && UNSEEN.test(nameOf(node.key)))

/** Where something is filled in: an expression that is no literal. */
const isHole = (node: Node): boolean => node.type === 'JSXExpressionContainer' && !/^(Literal|JSXEmptyExpression)$/.test((node.expression as Node).type)
const hasWords = (node: Node | undefined): boolean => node?.type === 'JSXText' && /[A-Za-z]{2}/.test(String(node.value))
const isComponent = (node: Node): boolean => node.type === 'JSXElement' && /^[A-Z]/.test(nameOf((node.openingElement as Node).name))
const childrenOf = (node: Node): readonly Node[] => (node.children as readonly Node[] | undefined) ?? []
const hasHole = (node: Node): boolean => isHole(node) || childrenOf(node).some(hasHole)

/** Words of one element beside what is filled in there, or on both sides of a part that says something itself. */
const isGlued = (children: readonly Node[]): boolean =>
  children.some(hasWords) && (children.some(hasHole) || children.some((child, i) => isComponent(child) && hasWords(children[i - 1]) && hasWords(children[i + 1])))

/** Texts that are looked for, not shown. */
const ASKS = /^(startsWith|endsWith|includes|indexOf|split)$/
const isAsked = (parent: Node | null, field: string): boolean => parent?.type === 'CallExpression' && field === 'arguments' && ASKS.test(nameOf((parent.callee as Node).property))

function faultOf(node: Node, parent: Node | null, field: string): string | null {
  if (node.type === 'TemplateLiteral' && (node.expressions as readonly Node[]).length > 0) return (node.quasis as readonly Node[]).some((quasi) => isEnglish(String((quasi.value as { cooked: string }).cooked))) ? 'words around a value' : null
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return isGlued(childrenOf(node)) ? 'words around an expression' : null
  if (node.type === 'Literal' && typeof node.value === 'string') return isHalf(node.value) && !isAsked(parent, field) ? 'half a sentence' : null
  return null
}

export function gluedSentences(tree: Tree): string[] {
  return [...tree].filter(([path]) => /^src\/(pages|stage)\/.*\.tsx?$/.test(path) && !isTest(path)).flatMap(([path, text]) => {
    const unseen: Node[] = []
    const found: string[] = []
    walk(parsed(path, text).program, (node, parent, field) => {
      if (isUnseen(node)) unseen.push(node)
      const fault = unseen.some(({ start, end }) => start <= node.start && node.start < Number(end)) ? null : faultOf(node, parent, field)
      if (fault) found.push(`${path}: ${fault}, line ${text.slice(0, node.start).split('\n').length}: ${text.slice(node.start, Number(node.end)).slice(0, 80).replace(/\s+/g, ' ')}`)
    })
    return found
  })
}
