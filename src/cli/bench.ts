/** `npm run bench`: see bench/bench.ts. */
export { main } from '../bench/bench.ts'
