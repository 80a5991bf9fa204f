/** What a call answered, in a few words. */
export function resultText(answer: unknown, gives?: string): string {
  if (typeof answer === 'number') return gives === 'mapping' || gives === 'offset' || answer > 0xffff ? `0x${answer.toString(16)}` : String(answer)
  if (answer === null || answer === undefined) return '0'
  if (Array.isArray(answer)) return answer.length === 0 ? '0' : answer.every(a => typeof a === 'string') ? answer.join(' | ') : answer.map(a => resultText(a)).join('; ')
  if (typeof answer === 'object') return Object.entries(answer).map(([key, value]) => `${key} ${resultText(value)}`).join(', ')
  return String(answer)
}
