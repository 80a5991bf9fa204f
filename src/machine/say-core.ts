/** How the events of the bridge itself are said: calls, traps, functions, references. */
export const says = {
  'fn.enter': '`{fn}()` begins.',
  'call.enter': '**{text}**',
  'trap.enter': 'User space asks the kernel: `{text}`.',
  'trap.leave': 'The kernel answers {name}: **{result}**.',
  'call.leave': '`{line}` is done and gives **{result}**.',
  'call.leave:failed': '`{line}` **fails with {errno}**.',
  'ref.take': '{from} now holds **{to}** ({slot}); {counter} is {count}.',
  'ref.take:': '{from} now names **{to}** ({slot}); nothing counts that.',
  'ref.drop:': '{from} names **{to}** ({slot}) no more; nothing counted that.',
  'ref.drop': '{from} lets **{to}** go ({slot}); {counter} is {count}.',
  'ref.lost': '**{by} forgets its reference** to {to} ({slot}): nobody can put it any more.',
} as const
