/** What things are called that have no letter of their own. `{name}`: what stands there is filled in; `{count#one|many}`: the noun for a count. */
export const SENTENCES = {
  crtc: 'the display of {of}',
  gpu_mmu: 'the GPU MMU of {of}',
  io_table: 'the page table of {of}',
  mailbox: 'the mailbox of {of}',
  letterbox: 'the messages for {of}',
  drm_events: 'the events of {of}',
  attachment: 'the attachment of {of}',
  vma: 'the area at {of}',
  resv: 'the reservation object of {of}',
  line: 'line {of} of memory',
  bytes: '{first}… ({count} bytes)',
} as const
