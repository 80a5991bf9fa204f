/**
 * Sequences that nobody recorded, about buffers, devices and who may, with the answers that the kernel's sources give. Each names the file and function it was
 * read in, and the release.
 */
import { describe, expect, test } from 'vitest'
import { answers, type Read } from './_sources.ts'

const K61 = ['K61']
const BOTH = ['K52', 'K61']

const READ: readonly Read[] = [
  {
    what: 'of two entries for one buffer the older answers; with three the tree has turned, and the second does', source: 'drivers/gpu/drm/drm_prime.c: drm_prime_add_buf_handle, drm_prime_lookup_buf_handle; lib/rbtree.c: __rb_insert [6.1] [5.2]', kernels: BOTH, lines: `
      open dev:vgem as:f1 → ok
      create fd:f1 as:h1 → ok v:1
      flink fd:f1 h:h1 as:g1 → ok
      gem_open fd:f1 g:g1 as:h2 → ok v:2
      gem_open fd:f1 g:g1 as:h3 → ok v:3
      export fd:f1 h:h1 as:d1 → ok
      import fd:f1 d:d1 as:h4 → ok v:1
      export fd:f1 h:h2 as:d2 → ok
      import fd:f1 d:d1 as:h4 → ok v:1
      export fd:f1 h:h3 as:d3 → ok
      import fd:f1 d:d1 as:h4 → ok v:2`,
  },
  {
    what: 'requests that every file answers come before its own: not to wait, and close-on-exec', source: 'fs/ioctl.c: do_vfs_ioctl [6.1] [5.2]', kernels: BOTH, lines: `
      open dev:vgem flags:RDWR as:f1 → ok
      create fd:f1 as:h1 → ok
      export fd:f1 h:h1 as:d1 → ok
      memfd size:4096 as:q1 → ok
      setfl fd:f1 flags:NONBLOCK → ok
      ioctl fd:f1 req:21537 → ok
      getfl fd:f1 → ok flags:RDWR
      ioctl fd:f1 req:21585 → ok
      getfd fd:f1 → ok flags:CLOEXEC
      ioctl fd:d1 req:21584 → ok
      getfd fd:d1 → ok flags:0
      ioctl fd:d1 req:2 → ok
      ioctl fd:d1 req:21600 → ENOTTY
      ioctl fd:q1 req:21600 → ok
      ioctl fd:d1 req:21531 → ENOTTY
      ioctl fd:q1 req:21531 → ok
      ioctl fd:q1 req:1 → EINVAL
      ioctl fd:d1 req:1 → ENOTTY
      ioctl fd:99 req:21537 → EBADF`,
  },
  {
    what: 'a heap looks at the number of a request alone: SYNC allocates, its flags are the length, and the descriptor is not told', source: 'drivers/dma-buf/dma-heap.c: dma_heap_ioctl [6.1]', kernels: K61, lines: `
      open dev:heap as:p1 → ok v:3
      sync fd:p1 flags:READ → ok
      sync fd:p1 flags:0 → EINVAL
      getfl fd:4 → ok flags:RDONLY
      getfd fd:4 → ok flags:0
      heap_alloc fd:p1 len:4096 as:d1 → ok v:5
      set_name fd:p1 name:a → EINVAL
      export_sync fd:p1 flags:READ as:s1 → EINVAL`,
  },
  {
    what: 'a read of a card that shall not wait', source: 'drivers/gpu/drm/drm_file.c: drm_read [6.1] [5.2]', kernels: BOTH, lines: `
      open dev:vgem as:f1 → ok
      read fd:f1 n:4 → EINTR blocked:true
      setfl fd:f1 flags:NONBLOCK → ok
      read fd:f1 n:4 → EAGAIN`,
  },
  {
    what: 'a udmabuf has a limit of 64 MiB, which is looked at before the descriptor', source: 'drivers/dma-buf/udmabuf.c: udmabuf_create (size_limit_mb) [6.1]', kernels: K61, lines: `
      open dev:udmabuf as:u1 → ok
      udmabuf fd:u1 memfd:99 size:67112960 as:d1 → EINVAL
      udmabuf fd:u1 memfd:99 size:67108864 as:d1 → EBADFD
      memfd size:4096 as:q1 → ok
      udmabuf fd:u1 memfd:q1 off:4096 size:4096 as:d1 → EINVAL`,
  },
  {
    what: 'a sync file is open for reading only', source: 'drivers/dma-buf/sync_file.c: sync_file_alloc (anon_inode_getfile with flags 0) [6.1]', kernels: K61, lines: `
      open dev:vgem as:f1 → ok
      create fd:f1 as:h1 → ok
      export fd:f1 h:h1 as:d1 → ok
      export_sync fd:d1 flags:READ as:s1 → ok
      getfl fd:s1 → ok flags:RDONLY
      write fd:s1 bytes:00 → EBADF
      read fd:s1 n:1 → EINVAL
      mmap fd:s1 size:4096 prot:RW as:m1 → EACCES
      mmap fd:s1 size:4096 prot:R as:m1 → ENODEV
      reopen fd:s1 flags:RDONLY as:s2 → ENXIO`,
  },
  {
    what: 'framebuffers: size of the display, handle, range, pitch, and only then the buffer', source: 'drivers/gpu/drm/drm_framebuffer.c: drm_internal_framebuffer_create, framebuffer_check; drm_gem_framebuffer_helper.c [6.1]', kernels: K61, lines: `
      open dev:vkms as:f1 → ok
      create fd:f1 height:64 as:h1 → ok
      addfb fd:f1 h:h1 width:16 height:64 pitch:64 as:b1 → EINVAL
      addfb fd:f1 h:h1 width:8193 height:64 pitch:65536 as:b1 → EINVAL
      addfb fd:f1 h:0 width:64 height:64 as:b1 → EINVAL
      addfb fd:f1 h:99 width:64 height:64 as:b1 → ENOENT
      addfb fd:f1 h:99 width:64 height:64 pitch:252 as:b1 → EINVAL
      addfb fd:f1 h:99 width:64 height:64 pitch:134217728 as:b1 → ERANGE
      addfb fd:f1 h:h1 width:64 height:65 as:b1 → EINVAL
      addfb fd:f1 h:h1 width:64 height:64 as:b1 → ok v:44
      rmfb fd:f1 fb:99 → ENOENT
      rmfb fd:f1 fb:b1 → ok
      open dev:virtio_gpu as:f2 → ok
      addfb fd:f2 h:99 width:64 height:64 as:b2 → EINVAL
      open dev:cirrus as:f3 → ok
      addfb fd:f3 h:99 width:2045 height:16 as:b3 → EINVAL
      addfb fd:f3 h:99 width:2044 height:1024 as:b3 → ENOENT
      open dev:vgem as:f4 → ok
      addfb fd:f4 h:99 width:64 height:64 as:b4 → EOPNOTSUPP`,
  },
  {
    what: 'dumb buffers: fields of 32 bits, and whole pages must fit as well', source: 'drivers/gpu/drm/drm_dumb_buffers.c: drm_mode_create_dumb [6.1] [5.2]', kernels: BOTH, lines: `
      open dev:vgem as:f1 → ok
      create fd:f1 width:0 as:h1 → EINVAL
      create fd:f1 bpp:0 as:h1 → EINVAL
      create fd:f1 bpp:4294967288 as:h1 → EINVAL
      create fd:f1 width:65536 height:65536 as:h1 → EINVAL
      create fd:f1 width:4294967295 height:1 bpp:8 as:h1 → EINVAL
      open dev:virtio_gpu as:f2 → ok
      create fd:f2 bpp:16 as:h2 → EINVAL`,
  },
  {
    what: 'debugfs is for root, and has no framebuffers of a device without a display', source: 'drivers/gpu/drm/drm_debugfs.c: drm_debugfs_init; fs/debugfs/inode.c [6.1]', kernels: K61, lines: `
      fb_info dev:vgem → ENOENT
      gem_names dev:vgem → ok
      fb_info dev:vkms → ok
      gem_names dev:none → ENOENT
      setuid uid:1000 → ok
      gem_names dev:vgem → EACCES
      fb_info dev:vkms → EACCES
      bufinfo → EACCES`,
  },
  {
    what: 'an ordinary user compares files of nobody else, and stays who it is', source: 'kernel/kcmp.c: kcmp; kernel/ptrace.c: __ptrace_may_access; kernel/sys.c: __sys_setresuid [6.1]', kernels: BOTH, lines: `
      open dev:null as:f1 → ok
      fork as:p2 → ok
      kcmp fd:f1 p2:p2 fd2:f1 → ok same:true
      setuid uid:1000 → ok
      kcmp fd:f1 p2:p2 fd2:f1 → EPERM
      kcmp fd:f1 p2:p3 fd2:f1 → ESRCH
      kcmp fd:f1 fd2:f1 → ok same:true
      kcmp p:p2 fd:f1 p2:p1 fd2:f1 → ok same:true
      setuid uid:1000 → ok
      setuid uid:1001 → EPERM`,
  },
  {
    what: 'a writer has a slot of its own: a reader that comes later stands beside it, and the next writer sends all away', source: 'drivers/dma-buf/reservation.c: reservation_object_add_excl_fence, reservation_object_add_shared_fence [5.2]', kernels: ['K52'], lines: `
      open dev:vgem as:f1 → ok
      create fd:f1 as:h1 → ok
      export fd:f1 h:h1 as:d1 → ok
      fence_attach fd:f1 h:h1 flags:WRITE as:e1 → ok
      fence_signal fd:f1 fence:e1 → ok
      fence_attach fd:f1 h:h1 flags:0 as:e2 → ok
      bufinfo → ok fences:Exclusive/vgem/signalled+Shared/vgem/pending
      fence_attach fd:f1 h:h1 flags:0 as:e3 → ok
      fence_signal fd:f1 fence:e2 → ok
      fence_signal fd:f1 fence:e3 → ok
      bufinfo → ok fences:Exclusive/vgem/signalled+Shared/vgem/signalled+Shared/vgem/signalled
      fence_attach fd:f1 h:h1 flags:WRITE as:e4 → ok
      bufinfo → ok fences:Exclusive/vgem/pending`,
  },
  {
    what: 'one list for all: any signalled fence gives up its place; a full table drops them', source: 'drivers/dma-buf/dma-resv.c: dma_resv_add_fence, dma_resv_reserve_fences, dma_resv_list_alloc (ksize) [6.1]', kernels: K61, lines: `
      open dev:vgem as:f1 → ok
      create fd:f1 as:h1 → ok
      export fd:f1 h:h1 as:d1 → ok
      fence_attach fd:f1 h:h1 flags:WRITE as:e1 → ok
      fence_signal fd:f1 fence:e1 → ok
      fence_attach fd:f1 h:h1 flags:0 as:e2 → ok
      bufinfo → ok fences:read/vgem/pending
      fence_attach fd:f1 h:h1 flags:0 as:e3 → ok
      fence_attach fd:f1 h:h1 flags:0 as:e4 → ok
      fence_attach fd:f1 h:h1 flags:0 as:e5 → ok
      fence_signal fd:f1 fence:e2 → ok
      fence_signal fd:f1 fence:e3 → ok
      fence_attach fd:f1 h:h1 flags:0 as:e6 → ok
      bufinfo → ok fences:read/vgem/pending+read/vgem/signalled+read/vgem/pending+read/vgem/pending`,
  },
  {
    what: 'calls of other files on a card of 2019: the number alone decides, and who may', source: 'drivers/gpu/drm/drm_ioctl.c: drm_ioctl, drm_ioctl_permit; drm_pci.c: drm_irq_by_busid [5.2]', kernels: ['K52', 'KRFC'], lines: `
      open dev:vgem as:f1 → ok
      import_sync fd:f1 s:-1 flags:READ → EOPNOTSUPP
      open dev:vgem as:f2 → ok
      import_sync fd:f2 s:-1 flags:READ → EACCES
      open dev:vgem node:render as:f3 → ok
      import_sync fd:f3 s:-1 flags:READ → EACCES
      export_sync fd:f3 flags:READ as:s1 → EACCES
      set_name fd:f3 name:x → EACCES
      sync fd:f3 flags:START|READ → ok
      sync_info fd:f3 → EACCES
      sync_info fd:f2 → EINVAL
      setuid uid:1000 → ok
      import_sync fd:f1 s:-1 flags:READ → EACCES`,
  },
  {
    what: 'the first open of a card is its master, and when it is gone the next that comes; a render node never is', source: 'drivers/gpu/drm/drm_auth.c: drm_master_open, drm_master_release [6.1]', kernels: K61, lines: `
      open dev:vgem node:render as:f9 → ok
      setuid uid:1000 → ok
      open dev:vgem as:f1 → ok
      open dev:vgem as:f2 → ok
      create fd:f1 as:h1 → ok
      create fd:f2 as:h2 → ok
      flink fd:f1 h:h1 as:g1 → ok
      flink fd:f2 h:h2 as:g2 → EACCES
      close fd:f1 → ok
      flink fd:f2 h:h2 as:g2 → EACCES
      open dev:vgem as:f3 → ok
      create fd:f3 as:h3 → ok
      flink fd:f3 h:h3 as:g3 → ok`,
  },
  {
    what: 'a request by its number, with zeros for an argument', source: 'drivers/dma-buf/dma-buf.c: dma_buf_ioctl; udmabuf.c: udmabuf_ioctl; dma-heap.c: dma_heap_ioctl; drivers/gpu/drm/drm_ioctl.c: drm_ioctl [6.1]', kernels: K61, lines: `
      open dev:vgem as:f1 → ok
      create fd:f1 as:h1 → ok
      export fd:f1 h:h1 as:d1 → ok
      ioctl fd:d1 req:1074291200 → EINVAL
      ioctl fd:d1 req:1074291201 → ok
      ioctl fd:d1 req:3221774850 → EINVAL
      ioctl fd:d1 req:3222824969 → ENOTTY
      ioctl fd:f1 req:1074291200 → ENOTTY
      ioctl fd:f1 req:1074291721 → EINVAL
      ioctl fd:f1 req:3221775373 → EINVAL
      ioctl fd:f1 req:3222037549 → ENOENT
      ioctl fd:f1 req:3223348402 → EINVAL
      ioctl fd:f1 req:3222299713 → ENOENT
      open dev:udmabuf as:u1 → ok
      ioctl fd:u1 req:1075344706 → EINVAL
      ioctl fd:u1 req:1 → ENOTTY
      open dev:heap as:u2 → ok
      ioctl fd:u2 req:3222816768 → EINVAL
      ioctl fd:u2 req:1 → EINVAL
      open dev:null as:u3 → ok
      ioctl fd:u3 req:1074291200 → ENOTTY`,
  },
]

describe.each(READ)('$what ($source)', ({ kernels = K61, lines }) => {
  test.each([...kernels])('%s', kernel => expect(answers(kernel, lines)).toEqual([]))
})
