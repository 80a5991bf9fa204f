/** A request that is granted without effect. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'setfl-changes-no-mode',
  title: 'F_SETFL says ok and does nothing',
  text: 'fcntl takes O_RDWR without a word: the access mode of an open file never changes.',
  source: { file: 'fs/fcntl.c', fn: 'setfl', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
fcntl(fd, F_SETFL, O_RDWR)
`,
  },
  on: ['file.flags'],
  watch(step, world, _memory, call) {
    if (!is(step, 'file.flags') || !call.includes('O_RDWR')) return undefined
    const { file } = step.fields
    return get(world, file)!.fmode.write ? undefined : [file]
  },
})
