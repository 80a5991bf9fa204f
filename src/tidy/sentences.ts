/**
 * English that a reader of the page or of a file sees stands whole, with named holes: in a table (`sentences.ts` of its folder), or in the one
 * file of a shelf that it belongs to. Nothing puts it together from pieces.
 * Leaves out: the kernel, which tells nothing but events, said by their `says`, names its references by what they are found by (`fd 3`), and
 * writes its log as Linux does; commands and measurements.
 */
import { parsed, walk, type Node } from './imports.ts'
import { isTest, type Tree } from './tree.ts'

/** A word stands between spaces; what has none is a name for the machine (`line:5`, `gap:3`), or a shape (`translate(4 5)`). */
const WORD = /(?:^|[\s(“])[A-Za-z][a-z]+(?=$|[\s.,:;!?)”'])/
const isEnglish = (text: string): boolean => WORD.test(text) && /\s/.test(text)
/** The half of a sentence: it begins or ends where another half is joined on. */
const isHalf = (text: string): boolean => /^(\s|[,;:]\s).*[A-Za-z]{2}|[A-Za-z]{2}.*[\w,;:]\s$/s.test(text)

/** Where text is put together that somebody reads. */
const READ = /^src\/(app|base|chapters|hardware|hazards|journal|machine|pages|quirks|recordings|scenarios|stage|take|userspace|variants|worker|world)\/.*\.tsx?$/

/** Code, which is no English: a line of it is a call, or ends as no sentence does. */
const CODE = /^ *(\w+ = )?\w+\(.*\)( *#.*)?$|[{};]$|\bvar\(--/m

/** What no reader sees. */
const UNSEEN = /^(className|d|href|id|key|points|style|transform|viewBox|data-.*)$/
const nameOf = (node: unknown): string => String((node as Node | undefined)?.name ?? (node as Node | undefined)?.value ?? '')
/** An assertion speaks to who mends the code; an error for a reader has a class of its own. */
const ASSERTS = /^(assert|broken|Error)$/
const isAssertion = (node: Node): boolean => /^(Call|New)Expression$/.test(node.type) && ASSERTS.test(nameOf(node.callee))
const isUnseen = (node: Node): boolean => isAssertion(node) || (node.type === 'JSXAttribute' && UNSEEN.test(nameOf(node.name))) || (node.type === 'Property' && UNSEEN.test(nameOf(node.key)))

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

/** The words of a template; null: nothing is filled in. */
const wordsOf = (node: Node): string[] | null =>
  node.type === 'TemplateLiteral' && (node.expressions as readonly Node[]).length > 0 ? (node.quasis as readonly Node[]).map((quasi) => String((quasi.value as { cooked: string }).cooked)) : null

/** `n === 1 ? 'page' : 'pages'`: other languages count otherwise. */
const isPlural = ({ type, test, consequent, alternate }: Node): boolean => {
  const asked = test as Node
  const isOne = type === 'ConditionalExpression' && asked.type === 'BinaryExpression' && /^[!=]==$/.test(String(asked.operator)) && (asked.right as Node).value === 1
  const [one, many] = [nameOf(consequent), nameOf(alternate)].sort((a, b) => a.length - b.length) as [string, string]
  return isOne && /[a-z]$/.test(one) && many.startsWith(one)
}

function faultOf(node: Node, parent: Node | null, field: string): string | null {
  const words = wordsOf(node)
  if (words) return !CODE.test(words.join('0')) && words.some(isEnglish) ? 'words around a value' : null
  if (isPlural(node)) return 'a plural made by hand'
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return isGlued(childrenOf(node)) ? 'words around an expression' : null
  if (node.type === 'Literal' && typeof node.value === 'string') return isHalf(node.value) && !CODE.test(node.value) && !isAsked(parent, field) ? 'half a sentence' : null
  return null
}

export function gluedSentences(tree: Tree): string[] {
  return [...tree].filter(([path]) => READ.test(path) && !isTest(path)).flatMap(([path, text]) => {
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
