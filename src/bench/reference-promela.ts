/** The reference model in the language of SPIN, for those who have it: the same fields, the same moves, written out for each CPU and line. */
export function promela(lines: number, rounds: number): string {
  const xs = Array.from({ length: lines }, (_, x) => x)
  const copy = (c: number, x: number): number => c * lines + x
  /** A dirty copy goes to memory; its state becomes another. */
  const land = (c: number, x: number, state: number): string => `if :: st[${copy(c, x)}] == 2 -> mem[${x}] = cv[${copy(c, x)}] :: else fi; st[${copy(c, x)}] = ${state};${state === 0 ? ` cv[${copy(c, x)}] = 0;` : ''}`
  const ifDirty = (c: number, x: number, state: number): string => `if :: st[${copy(c, x)}] == 2 -> ${land(c, x, state)} :: else fi;`
  const moves = [0, 1].flatMap(c => xs.flatMap(x => [
    `pc[${c}] == 0 && left[${c}] > 0 -> ${land(1 - c, x, 0)} latest[${x}]++; st[${copy(c, x)}] = 2; cv[${copy(c, x)}] = latest[${x}]; line[${c}] = ${x + 1}; ver[${c}] = latest[${x}]; left[${c}]--; pc[${c}] = 1`,
    `pc[${c}] == 1 && line[${c}] == ${x + 1} -> ${ifDirty(0, x, 1)} ${ifDirty(1, x, 1)} pc[${c}] = 2`,
    `pc[${c}] == 2 && line[${c}] == ${x + 1} -> if :: need[${x}] < ver[${c}] -> need[${x}] = ver[${c}] :: else fi; job[${x}] = 1; pc[${c}] = 0; line[${c}] = 0; ver[${c}] = 0`,
    `st[${copy(c, x)}] == 0 -> ${ifDirty(1 - c, x, 1)} st[${copy(c, x)}] = 1; cv[${copy(c, x)}] = mem[${x}]`,
    `st[${copy(c, x)}] != 0 -> ${land(c, x, 0)}`,
  ]))
  const gpu = xs.flatMap(x => [
    `busy == 0 && job[${x}] == 1 -> job[${x}] = 0; busy = 1; gline = ${x + 1}; gneed = need[${x}]; need[${x}] = 0; gv[${x}] = 0; gver[${x}] = 0`,
    `busy == 1 && gline == ${x + 1} -> if :: gv[${x}] == 0 -> gv[${x}] = 1; gver[${x}] = mem[${x}] :: else fi; assert(gver[${x}] >= gneed); busy = 0; gline = 0; gneed = 0`,
    `gv[${x}] == 1 -> gv[${x}] = 0; gver[${x}] = 0`,
  ])
  return `byte mem[${lines}]; byte latest[${lines}]; byte need[${lines}]; bit job[${lines}];
byte st[${2 * lines}]; byte cv[${2 * lines}]; bit gv[${lines}]; byte gver[${lines}];
byte pc[2]; byte line[2]; byte ver[2]; byte left[2];
bit busy; byte gline; byte gneed;
init {
  d_step { left[0] = ${rounds}; left[1] = ${rounds} };
  do
${[...moves, ...gpu].map(move => `  :: d_step { ${move} }`).join('\n')}
  od
}
`
}
