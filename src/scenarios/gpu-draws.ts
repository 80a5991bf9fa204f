/** The GPU draws, the CPU looks: before and after. */
import { base } from '../machine/base.ts'
import { scenario } from '../machine/scenario.ts'
import { winsysOf } from '../userspace/mesa/winsys.ts'
import { inEveryWay } from './_ways.ts'

const { program, programFrom } = inEveryWay(({ draws, exports, forgets }) => `# Waiting for the GPU is not enough where the first look has left lines in the cache.
process compositor A {
${draws}${exports}  landmark "exported"
  sendmsg(client, fd)
  close(fd)
  recv(client)
${forgets}  close(card)
}
process client B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(compositor)
  bo = gbm_bo_import(gpu, fd)
  close(fd)
  landmark "imported"
  px = gbm_bo_map(bo)
  load(px, 64)
  gbm_bo_unmap(bo)
  landmark "looked at"
  glFlush(gpu, write(bo, day))
  glFinish(gpu, bo)
  landmark "drawn by the GPU"
  px = gbm_bo_map(bo)
  load(px, 64)
  gbm_bo_unmap(bo)
  landmark "looked at again"
  gbm_bo_destroy(bo)
  close(gpu)
  send(compositor)
}
`, 'empty')

export default scenario({
  id: 'gpu-draws',
  title: 'The GPU draws, the CPU looks',
  why: 'The client reads a few pixels, the GPU draws over them, and the client reads the same pixels again. What it sees the second time depends on how the page is mapped, and on who forgets the lines of the first look.',
  picture: null,
  defaults: { exporter: 'E3' },
  program,
  // Without a GPU there is nobody to draw.
  programFrom: (allocation, importer) => (winsysOf({ ...base.mesa, winsys: importer }).job ? programFrom(allocation, importer) : null),
})
