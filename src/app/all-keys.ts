/** Every key with what it does, for help and palette: those of the camera too, whose words the first picture does without. */
import { BINDINGS, LOOKS, type Binding } from './keyboard.ts'

const look = (keys: string, shows: string, does: string): Binding => ({ ...LOOKS, keys: keys.split(' '), shows, does })

export const CAMERA: readonly Binding[] = [
  look('f F', 'F', 'the selection from close; nothing selected: the whole stage'),
  look('i I', 'I', 'nearer'),
  look('u U', 'U', 'farther away'),
  look('h H j J k K l L', 'H  J  K  L', 'what is seen: left, down, up, right'),
  look('a A', 'A', 'the camera follows what happens, or stands still'),
  look('o O', 'O', 'overview: the whole run from afar'),
]

export const ALL: readonly Binding[] = [...BINDINGS, ...CAMERA]
