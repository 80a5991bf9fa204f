/** July 2019: the thread "Export BOs in RW mode", told along the canonical story. Who said what is from the mails and commits themselves. */
import { story } from '../story.ts'

export default story({
  title: 'One buffer, two devices',
  scenario: 'canonical',
  beats: [
    { at: null, text: <>July 2019. A client draws into a buffer that a compositor shows on another device. <b>One line is in dispute: how does the client get a pointer?</b></> },
    { at: 'night drawn', text: <>The compositor has drawn the night through a mapping of its own device. <b>One buffer, one device: nobody argues about this.</b></> },
    { at: 'night shown', text: <>The display has read the buffer from memory. <b>No process took part in that</b>, and no CPU cache was asked.</> },
    { at: 'exported', text: <>Mesa of 2019 exports with <code>DRM_CLOEXEC</code> alone, so the dma-buf is open for reading only. <b>Boris Brezillon's RFC of 3 July adds <code>DRM_RDWR</code> everywhere.</b> Nothing fails yet.</> },
    { at: 'imported', text: <>The GPU's driver has an object of its own for the other device's pages. On 2 July <b>Rob Herring reports that Mesa maps every import</b>: a new check in panfrost breaks it.</> },
    { at: 'mapped', text: <><b>Steven Price:</b> mapping the dma-buf itself is always safe; or the kernel redirects, as Arm's driver does. <b>Rob Herring:</b> the node may map an import, if that ends at the exporter.</> },
    { at: 'day drawn', text: <><b>Daniel Vetter asks why Mesa maps imports at all.</b> Alyssa Rosenzweig names one reason: a colour conversion in software.</> },
    { at: 'read by the GPU', text: <>The GPU reads through page tables of its own. <b>What it sees depends on who made the client's mapping</b>, and with which attributes.</> },
    { at: 'day shown', text: <>The display has shown its second frame: <b>the day, or what the client could not change.</b></> },
    { at: 'all given back', text: <>Neither patch was merged as posted. <b>Linux 5.9 redirects the mapping to its exporter</b> (Daniel Vetter, 2020); <code>DRM_RDWR</code> came to Mesa driver by driver, to panfrost in 25.1.</> },
  ],
})
