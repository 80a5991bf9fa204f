/** How the programs of several hazards come to a buffer that GPU and CPU both reach: `va` is its address on the GPU, `px` its mapping, `bo` its handle. */

/** The buffer is a heap's, imported by the GPU, and mapped cached through `fd`. */
export const HEAP_BUFFER = `  heap = open("/dev/dma_heap/system", O_RDONLY | O_CLOEXEC)
  fd = DMA_HEAP_IOCTL_ALLOC(heap, 4096)
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = drmPrimeFDToHandle(gpu, fd)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
`
/** Night is drawn in it as it should be, inside a bracket. */
export const NIGHT_IN_BRACKET = `  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_RW)
  fill(px, night)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_RW)
`
/** The buffer is panfrost's own, and mapped past the cache. */
export const GPU_BUFFER = `  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
`
/** The GPU has drawn day over night, and the job is waited for. */
export const DAY_BY_GPU = `${HEAP_BUFFER}${NIGHT_IN_BRACKET}  landmark "night drawn"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  landmark "drawn by the GPU"
`
/** It looks at the buffer. */
export const GPU_LOOKS = `  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  landmark "read by the GPU"
`
