/** From program to text: what the parser reads back as the same program. */
import type { Expr, Item, Line, Program } from './ast.ts'

function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'number': return expr.text
    case 'text': return `"${expr.value}"`
    case 'words': return expr.words.join(' | ')
    case 'name': return expr.add === 0 ? expr.name : `${expr.name} + ${expr.add}`
    case 'call': return `${expr.call}(${expr.args.map(printExpr).join(', ')})`
  }
}

const behind = (comment: string | null): string => (comment === null ? '' : `  # ${comment}`)

/** A line as the listing shows it, without its comment. */
export function printCall({ as, call, args }: { readonly as: string | null; readonly call: string; readonly args: readonly Expr[] }): string {
  return `${as === null ? '' : `${as} = `}${call}(${args.map(printExpr).join(', ')})`
}

function printLine(line: Line): string {
  switch (line.kind) {
    case 'comment': return `  # ${line.comment}`
    case 'landmark': return `  ${['landmark', `"${line.name}"`].join(' ')}${behind(line.comment)}`
    case 'call': return `  ${printCall(line)}${behind(line.comment)}`
  }
}

function printItem(item: Item): string {
  switch (item.kind) {
    case 'comment': return `# ${item.comment}`
    case 'shared': return ['shared', ...item.names].join(' ')
    case 'schedule': return ['schedule', ...item.turns.map(({ process, count }) => (count === 1 ? process : `${process}*${count}`))].join(' ')
    case 'process': return `${['process', item.name, item.letter, ...(item.later ? ['later'] : []), '{'].join(' ')}\n${item.lines.map(l => `${printLine(l)}\n`).join('')}}`
  }
}

export const print = (program: Program): string => `${program.items.map(printItem).join('\n')}\n`
