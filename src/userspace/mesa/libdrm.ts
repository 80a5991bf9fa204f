/**
 * libdrm: thin functions around DRM ioctls.
 * Mirrors: xf86drm.c, xf86drmMode.c. Leaves out: drmIoctl's repetition after EINTR, user data of a page flip's event.
 */
import { around, userFunction, type StepFn, type User } from '../function.ts'

type OnHandle = { fd: number; handle: number }
type OnFb = { fd: number; fb: number }
const field = (name: string) => (answer: Readonly<Record<string, number>>): number => answer[name]!

export default [
  around('drmModeCreateDumbBuffer', ({ fd, width, height, bpp }: { fd: number; width: number; height: number; bpp: number }) =>
    ({ fd, request: 'DRM_IOCTL_MODE_CREATE_DUMB', arg: { width, height, bpp } }), field('handle')),
  around('drmModeMapDumbBuffer', ({ fd, handle }: OnHandle) => ({ fd, request: 'DRM_IOCTL_MODE_MAP_DUMB', arg: { handle } }), field('offset')),
  around('drmModeDestroyDumbBuffer', ({ fd, handle }: OnHandle) => ({ fd, request: 'DRM_IOCTL_MODE_DESTROY_DUMB', arg: { handle } })),
  around('drmModeAddFB', ({ fd, width, height, pitch, handle }: OnHandle & { width: number; height: number; pitch: number }) =>
    ({ fd, request: 'DRM_IOCTL_MODE_ADDFB', arg: { handle, width, height, pitch } }), field('fb_id')),
  around('drmModeRmFB', ({ fd, fb }: OnFb) => ({ fd, request: 'DRM_IOCTL_MODE_RMFB', arg: { fb_id: fb } })),
  around('drmModePageFlip', ({ fd, fb }: OnFb) => ({ fd, request: 'DRM_IOCTL_MODE_PAGE_FLIP', arg: { fb_id: fb } })),
  around('drmPrimeHandleToFD', ({ fd, handle, flags }: OnHandle & { flags: readonly string[] }) =>
    ({ fd, request: 'DRM_IOCTL_PRIME_HANDLE_TO_FD', arg: { handle, flags } }), field('fd')),
  around('drmPrimeFDToHandle', ({ fd, prime }: { fd: number; prime: number }) => ({ fd, request: 'DRM_IOCTL_PRIME_FD_TO_HANDLE', arg: { fd: prime } }), field('handle')),
  around('drmCloseBufferHandle', ({ fd, handle }: OnHandle) => ({ fd, request: 'DRM_IOCTL_GEM_CLOSE', arg: { handle } })),
  userFunction('drmHandleEvent', {
    read: (_: User, { fd }: { fd: number }) => ({ trap: 'read', args: { fd, count: 1024 } }),
    done: ({ errno }: User) => (errno === null ? { give: 0 } : { fail: errno }),
  } as unknown as Readonly<Record<string, StepFn>>),
]
