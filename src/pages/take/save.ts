/** Hands a file to the reader, or a document to the printer. */
export function save(content: Blob | string, name: string, type: string): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content)
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Puts a document in a frame that nobody sees and opens the print dialog on it. */
export function print(html: string, title: string): void {
  document.getElementById('printed')?.remove()
  const frame = Object.assign(document.createElement('iframe'), { id: 'printed', title, srcdoc: html })
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  frame.style.cssText = 'position:fixed;left:-10000px;width:1123px;height:794px;border:0'
  frame.addEventListener('load', () => {
    const { contentWindow: inner, contentDocument: inside } = frame
    inner?.addEventListener('afterprint', () => frame.remove())
    // Faces that lie in the document still have to be unpacked.
    void inside?.fonts.ready.then(() => inner?.print())
  })
  document.body.append(frame)
}
