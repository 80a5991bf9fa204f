/** What the kernel's events say, collected from the files that declare them. */
import { ioctls } from './syscalls/ioctl.ts'
import { syscalls } from './trap.ts'

const files = import.meta.glob<{ says?: Record<string, string> }>(['./*.ts', './drivers/*.ts', './exporters/*.ts', '!./**/*.test.ts', '!./**/_*.ts', '!./says.ts', '!./boot.ts'], { eager: true })

export const says: Readonly<Record<string, string>> = Object.assign(
  {
    'boot.devices': 'Linux {release} has started with {devices} graphics devices.',
    'fn.enter': 'The kernel enters **{fn}**.',
    'trap.enter': 'The call goes **into the kernel**: `{text}`.',
    'trap.leave': '{name} comes back to user space with **{result}**.',
    'ref.take': '{from} **holds** {to} ({slot}): {counter} is now {count}.',
    'ref.drop': '{from} **lets go of** {to} ({slot}): {counter} is now {count}.',
    'ref.lost': '{by} returns **without putting its reference** to {to}: nobody can put it any more.',
  },
  ...[...Object.values(files), ...Object.values(syscalls), ...Object.values(ioctls)].map(file => file.says ?? {}),
)
