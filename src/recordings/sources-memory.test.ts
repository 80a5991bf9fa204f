/**
 * Sequences that nobody recorded, about areas and files, with the answers that the kernel's sources give. Each names the file and function it was
 * read in, and the release.
 */
import { describe, expect, test } from 'vitest'
import { answers, type Read } from './_sources.ts'

const K61 = ['K61']
const BOTH = ['K52', 'K61']

const READ: readonly Read[] = [
  {
    what: 'an offset below zero is a very large one, and too large a one is told before rights are looked at', source: 'mm/mmap.c: file_mmap_ok, file_mmap_size_max [6.1] [5.2]', kernels: BOTH, lines: `
      open dev:vgem as:f1 → ok
      create fd:f1 height:32 as:h1 → ok
      export fd:f1 h:h1 flags:CLOEXEC as:d1 → ok
      mmap fd:f1 size:8192 prot:RW off:0 add:-4096 as:m1 → EOVERFLOW
      mmap fd:f1 size:4096 prot:RW off:0 add:-4096 as:m1 → EINVAL
      mmap fd:d1 size:4096 prot:RW off:0 add:-4096 as:m1 → EOVERFLOW
      mmap fd:d1 size:4096 prot:RW off:0 add:-4095 as:m1 → EINVAL`,
  },
  {
    what: 'only the end of an area can grow; one that cannot stays, or moves if it may', source: 'mm/mremap.c: mremap, vma_to_resize, vma_expandable [6.1] [5.2]', kernels: BOTH, lines: `
      memfd size:16384 as:q1 → ok
      mmap fd:q1 size:12288 prot:RW as:m1 → ok
      store m:m1 off:8192 bytes:33 → ok
      mremap m:m1 old:4096 new:8192 flags:0 as:m2 → ENOMEM
      load m:m1 off:8192 n:1 → ok bytes:33
      mremap m:m1 old:12288 new:16384 flags:0 as:m3 → ok
      load m:m3 off:12288 n:1 → ok bytes:00`,
  },
  {
    what: 'no old length at all: a second mapping of the same, which a private one cannot have', source: 'mm/mremap.c: vma_to_resize [6.1] [5.2]', kernels: BOTH, lines: `
      memfd size:8192 as:q1 → ok
      mmap fd:q1 size:4096 prot:RW as:m1 → ok
      store m:m1 bytes:5a → ok
      mremap m:m1 old:0 new:4096 flags:MOVE as:m2 → ok
      load m:m2 n:1 → ok bytes:5a
      load m:m1 n:1 → ok bytes:5a
      mmap fd:q1 size:4096 prot:RW flags:PRIVATE as:m3 → ok
      mremap m:m3 old:0 new:4096 flags:MOVE as:m4 → EINVAL
      open dev:vgem as:f1 → ok
      create fd:f1 as:h1 → ok
      export fd:f1 h:h1 as:d1 → ok
      mmap fd:d1 size:4096 prot:RW as:m5 → ok
      mremap m:m5 old:0 new:4096 flags:MOVE as:m6 → EFAULT`,
  },
  {
    what: 'msync goes on behind a hole, and what is wrong there is told first', source: 'mm/msync.c: msync; fs/sync.c: vfs_fsync_range [6.1]', kernels: K61, lines: `
      open dev:vgem as:f1 → ok
      create fd:f1 height:48 as:h1 → ok
      export fd:f1 h:h1 as:d1 → ok
      mmap fd:d1 size:12288 prot:RW as:m1 → ok
      munmap m:m1 off:0 size:4096 → ok
      msync m:m1 → EINVAL
      memfd size:12288 as:q1 → ok
      mmap fd:q1 size:12288 prot:RW as:m2 → ok
      munmap m:m2 off:4096 size:4096 → ok
      msync m:m2 → ENOMEM
      msync m:m2 size:4096 → ok`,
  },
  {
    what: 'an area that goes on in its neighbour is the neighbour, and its file is not asked again', source: 'mm/mmap.c: mmap_region, can_vma_merge_after [6.1]', kernels: K61, lines: `
      memfd size:8192 as:q1 → ok
      seal fd:q1 seals:SHRINK → ok
      open dev:udmabuf as:u1 → ok
      udmabuf fd:u1 memfd:q1 size:8192 as:d1 → ok
      mmap fd:d1 size:8192 prot:RW off:4096 as:m9 → EINVAL
      mmap fd:d1 size:8192 prot:RW as:m1 → ok
      mmap fd:d1 size:8192 prot:RW off:4096 at:m1 atoff:4096 as:m2 → ok
      load m:m2 n:1 → ok bytes:00
      load m:m2 off:4096 n:1 → SIGBUS`,
  },
  {
    what: 'a file that appends can be mapped for writing: only an inode that may merely be appended to is refused', source: 'mm/mmap.c: do_mmap (IS_APPEND) [6.1]', kernels: BOTH, lines: `
      memfd size:4096 as:q1 → ok
      setfl fd:q1 flags:APPEND → ok
      mmap fd:q1 size:4096 prot:RW as:m1 → ok`,
  },
  {
    what: 'sizes that leave the address space', source: 'mm/mmap.c: do_mas_munmap; mm/mprotect.c: do_mprotect_pkey; mm/madvise.c: do_madvise [6.1]', kernels: K61, lines: `
      memfd size:4096 as:q1 → ok
      mmap fd:q1 size:4096 prot:RW as:m1 → ok
      munmap m:m1 size:-4096 → EINVAL
      mprotect m:m1 size:-4096 prot:R → ENOMEM
      madvise m:m1 size:-4096 advice:NORMAL → EINVAL
      load m:m1 n:1 → ok`,
  },
  {
    what: 'a hole in a memory file: zeros for the file, the old bytes for the buffer made of it', source: 'mm/shmem.c: shmem_fallocate; drivers/dma-buf/udmabuf.c: udmabuf_create, udmabuf_vm_fault [6.1]', kernels: K61, lines: `
      memfd size:8192 as:q1 → ok
      seal fd:q1 seals:SHRINK → ok
      mmap fd:q1 size:8192 prot:RW as:m1 → ok
      store m:m1 off:0 bytes:aa → ok
      store m:m1 off:4096 bytes:bb → ok
      open dev:udmabuf as:u1 → ok
      udmabuf fd:u1 memfd:q1 size:8192 as:d1 → ok
      mmap fd:d1 size:8192 prot:RW as:m2 → ok
      load m:m2 n:1 → ok bytes:aa
      fallocate fd:q1 mode:PUNCH_HOLE off:0 size:4096 → ok
      load m:m1 n:1 → ok bytes:00
      load m:m2 n:1 → ok bytes:aa
      load m:m1 off:4096 n:1 → ok bytes:bb
      store m:m1 bytes:cc → ok
      load m:m2 n:1 → ok bytes:aa`,
  },
  {
    what: 'parts of pages become zeros; a private copy is no page of the file', source: 'mm/shmem.c: shmem_undo_range, shmem_fallocate (unmap_mapping_range without even_cows) [6.1]', kernels: BOTH, lines: `
      memfd size:8192 as:q1 → ok
      mmap fd:q1 size:8192 prot:RW as:m1 → ok
      store m:m1 off:0 bytes:11223344 → ok
      mmap fd:q1 size:8192 prot:RW flags:PRIVATE as:m2 → ok
      store m:m2 off:4096 bytes:77 → ok
      fallocate fd:q1 mode:PUNCH_HOLE off:1 size:2 → ok
      load m:m1 n:4 → ok bytes:11000044
      fallocate fd:q1 mode:PUNCH_HOLE off:0 size:8192 → ok
      load m:m2 off:4096 n:1 → ok bytes:77
      load m:m1 n:4 → ok bytes:00000000
      ftruncate fd:q1 size:2 → ok
      load m:m2 off:4096 n:1 → SIGBUS`,
  },
  {
    what: 'fallocate: who may, and in which order that is asked', source: 'fs/open.c: vfs_fallocate; mm/shmem.c: shmem_fallocate [6.1]', kernels: BOTH, lines: `
      memfd size:4096 as:q1 → ok
      fallocate fd:99 size:0 → EBADF
      fallocate fd:q1 size:0 → EINVAL
      fallocate fd:q1 off:-1 → EINVAL
      reopen fd:q1 flags:RDONLY as:q2 → ok
      fallocate fd:q2 size:4096 → EBADF
      open dev:vgem as:f1 → ok
      fallocate fd:f1 size:4096 → ENODEV
      fallocate fd:q1 size:8192 → ok
      fstat fd:q1 → ok size:8192 blocks:16
      seal fd:q1 seals:GROW → ok
      fallocate fd:q1 size:12288 → EPERM
      fallocate fd:q1 mode:PUNCH_HOLE size:4096 → ok
      fstat fd:q1 → ok size:8192 blocks:8
      seal fd:q1 seals:FUTURE_WRITE → ok
      fallocate fd:q1 mode:PUNCH_HOLE size:4096 → EPERM`,
  },
  {
    what: 'ftruncate: the length first, then the descriptor, then kind and mode', source: 'fs/open.c: do_sys_ftruncate [6.1] [5.2]', kernels: BOTH, lines: `
      ftruncate fd:99 size:-1 → EINVAL
      ftruncate fd:99 size:4096 → EBADF
      memfd size:4096 as:q1 → ok
      reopen fd:q1 flags:RDONLY as:q2 → ok
      ftruncate fd:q2 size:0 → EINVAL
      open dev:vgem as:f1 → ok
      ftruncate fd:f1 size:0 → EINVAL`,
  },
  {
    what: 'a memory file opened again has a mode and a position of its own', source: 'fs/open.c: do_dentry_open; mm/shmem.c: shmem_file_operations [6.1] [5.2]', kernels: BOTH, lines: `
      memfd size:4096 as:q1 → ok
      write fd:q1 bytes:aabb → ok count:2
      reopen fd:q1 flags:RDONLY|CLOEXEC as:q2 → ok
      getfl fd:q2 → ok flags:RDONLY
      lseek fd:q2 whence:CUR → ok pos:0
      kcmp fd:q1 fd2:q2 → ok same:false
      mmap fd:q2 size:4096 prot:RW as:m1 → EACCES
      mmap fd:q2 size:4096 prot:R as:m1 → ok
      load m:m1 n:2 → ok bytes:aabb
      seal fd:q2 seals:SHRINK → EPERM
      close fd:q1 → ok
      load m:m1 n:2 → ok bytes:aabb`,
  },
  {
    what: 'writing: a seal against growing lets through what fits; appending goes to the end', source: 'mm/shmem.c: shmem_write_begin; mm/filemap.c: generic_perform_write; fs/read_write.c: generic_write_checks [6.1]', kernels: BOTH, lines: `
      memfd size:4096 as:q1 → ok
      setfl fd:q1 flags:APPEND → ok
      write fd:q1 bytes:0102 → ok count:2
      fstat fd:q1 → ok size:4098
      setfl fd:q1 flags:0 → ok
      seal fd:q1 seals:GROW → ok
      lseek fd:q1 off:4097 whence:SET → ok pos:4097
      write fd:q1 bytes:0304 → EPERM
      write fd:q1 bytes:05 → ok count:1
      memfd size:4096 as:q2 → ok
      seal fd:q2 seals:GROW → ok
      lseek fd:q2 off:4095 whence:SET → ok pos:4095
      write fd:q2 bytes:0102 → ok count:1`,
  },
  {
    what: 'data and holes of a memory file', source: 'mm/shmem.c: shmem_file_llseek; mm/filemap.c: mapping_seek_hole_data [6.1]', kernels: K61, lines: `
      memfd size:12288 as:q1 → ok
      lseek fd:q1 off:0 whence:DATA → ENXIO
      lseek fd:q1 off:0 whence:HOLE → ok pos:0
      lseek fd:q1 off:4096 whence:SET → ok pos:4096
      write fd:q1 bytes:01 → ok count:1
      lseek fd:q1 off:1 whence:DATA → ok pos:4096
      lseek fd:q1 off:4100 whence:DATA → ok pos:4100
      lseek fd:q1 off:4100 whence:HOLE → ok pos:8192
      lseek fd:q1 off:12288 whence:HOLE → ENXIO
      lseek fd:q1 off:-1 whence:DATA → ENXIO
      lseek fd:q1 off:-12289 whence:END → EINVAL`,
  },
  {
    what: 'files without a position', source: 'fs/read_write.c: vfs_llseek; fs/open.c: do_dentry_open (FMODE_LSEEK); drivers/char/misc.c: misc_open [6.1]', kernels: K61, lines: `
      open dev:udmabuf as:u1 → ok
      lseek fd:u1 whence:SET → ESPIPE
      lseek fd:u1 whence:OTHER → EINVAL
      open dev:heap as:u2 → ok
      lseek fd:u2 whence:CUR → ESPIPE
      open dev:null as:u3 → ok
      lseek fd:u3 off:5 whence:SET → ok pos:0`,
  },
  {
    what: 'seals: mode, then bits, then kind, then the seal against sealing', source: 'mm/memfd.c: memfd_add_seals [6.1]', kernels: BOTH, lines: `
      memfd size:4096 as:q1 → ok
      seal fd:q1 seals:0x40 → EINVAL
      seal fd:q1 seals:SEAL|SHRINK → ok
      get_seals fd:q1 → ok seals:SEAL|SHRINK
      seal fd:q1 seals:0x40 → EINVAL
      seal fd:q1 seals:GROW → EPERM
      open dev:vgem as:f1 → ok
      seal fd:f1 seals:GROW → EINVAL
      get_seals fd:f1 → EINVAL
      create fd:f1 as:h1 → ok
      export fd:f1 h:h1 flags:CLOEXEC as:d1 → ok
      seal fd:d1 seals:GROW → EPERM`,
  },
  {
    what: 'a memory file of negative size is not made', source: 'recorder.c: op memfd; fs/open.c: do_sys_ftruncate [6.1]', kernels: BOTH, lines: `
      memfd size:-1 as:q1 → EINVAL
      open dev:vgem as:f1 → ok v:3`,
  },
]

describe.each(READ)('$what ($source)', ({ kernels = K61, lines }) => {
  test.each([...kernels])('%s', kernel => expect(answers(kernel, lines)).toEqual([]))
})
