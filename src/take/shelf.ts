/** Every form on the shelf, in the order in which they are offered. */
import type { Form } from './form.ts'

const files = import.meta.glob<{ default: Form }>(['./forms/*.{ts,tsx}', '!./forms/*.test.{ts,tsx}', '!./forms/_*.{ts,tsx}'], { eager: true })

export const forms: readonly Form[] = Object.values(files).map((file) => file.default).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
