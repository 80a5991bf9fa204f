/** Everything that the opening story does not need. What lies on a shelf already is the same file. */
import { stockDrivers } from '../kernel/boot.ts'
import type { Hazard } from '../journal/hazard.ts'
import type { Driver } from '../kernel/driver.ts'
import type { Exporter } from '../kernel/exporter.ts'
import { stockExporters, stockFlavours } from '../kernel/flavours.ts'
import type { Flavour } from '../kernel/flavours/_flavour.ts'
import type { Ioctl } from '../kernel/ioctl.ts'
import type { Syscall } from '../kernel/syscall.ts'
import { stockIoctls } from '../kernel/syscalls/ioctl.ts'
import { stockSyscalls } from '../kernel/trap.ts'
import type { Scenario } from '../machine/scenario.ts'
import type { Call } from '../userspace/call.ts'
import { happenings } from '../machine/happenings.ts'
import { stockNature } from '../machine/nature.ts'
import { stockCalls } from '../userspace/calls.ts'
import { stockWinsyses, type Winsys } from '../userspace/mesa/winsys.ts'
import { bringMistakes } from '../userspace/program/mistake.ts'
import { SENTENCES as MISTAKES } from '../userspace/program/sentences.ts'
import { bringChoices } from './choose.ts'
import { sayShelves, stockSays, type Saying } from './says.ts'
import { SENTENCES as CHOICES } from './sentences-later.ts'
import { stockHazards, stockScenarios, stockVariants, type File } from './shelves.ts'

/** Fills the shelves. Exporters and drivers are there before the parts that offer them are asked for. */
export function stockAll(): void {
  stockNature(happenings)
  bringMistakes(MISTAKES)
  bringChoices(CHOICES)
  stockSyscalls(import.meta.glob<{ default: Syscall }>(['../kernel/syscalls/*.ts', '!../kernel/syscalls/*.test.ts', '!../kernel/syscalls/_*.ts'], { eager: true }))
  stockIoctls(import.meta.glob<{ default: Ioctl }>(['../kernel/ioctls/*.ts', '!../kernel/ioctls/*.test.ts', '!../kernel/ioctls/_*.ts'], { eager: true }))
  stockDrivers(import.meta.glob<{ default: Driver }>(['../kernel/drivers/*.ts', '!../kernel/drivers/*.test.ts', '!../kernel/drivers/_*.ts'], { eager: true }))
  stockFlavours(import.meta.glob<{ default: Flavour }>(['../kernel/flavours/*.ts', '!../kernel/flavours/*.test.ts', '!../kernel/flavours/_*.ts'], { eager: true }))
  stockExporters(import.meta.glob<{ default: Exporter }>(['../kernel/exporters/*.ts', '!../kernel/exporters/*.test.ts', '!../kernel/exporters/_*.ts'], { eager: true }))
  stockCalls(import.meta.glob<{ default: readonly Call[] }>(['../userspace/calls/*.ts', '!../userspace/calls/*.test.ts', '!../userspace/calls/_*.ts'], { eager: true }))
  stockWinsyses(import.meta.glob<{ default: Winsys }>(['../userspace/mesa/winsys/*.ts', '!../userspace/mesa/winsys/*.test.ts', '!../userspace/mesa/winsys/_*.ts'], { eager: true }))
  stockScenarios(import.meta.glob<{ default: Scenario }>(['../scenarios/*.ts', '!../scenarios/*.test.ts', '!../scenarios/_*.ts'], { eager: true }))
  stockHazards(import.meta.glob<{ default: Hazard }>(['../hazards/*.ts', '!../hazards/*.test.ts', '!../hazards/_*.ts'], { eager: true }))
  stockVariants(import.meta.glob<File>(['../variants/*.ts', '../variants/platforms/*.ts', '!../variants/**/*.test.ts', '!../variants/**/_*.ts'], { eager: true }))
  stockSays(import.meta.glob<Saying>([
    '../hardware/*.ts', '../kernel/**/*.ts', '../userspace/**/*.ts', '../machine/**/*.ts', '!../machine/{random-program,recording}.ts', '!../**/*.test.ts', '!../**/_*.ts',
  ], { eager: true }))
  sayShelves()
}
