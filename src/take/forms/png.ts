/** The moment as pixels, twice as many each way: for a message or a page that takes no SVG. */
import { figure } from '../figure.tsx'
import { form } from '../form.ts'
import { svgOf } from '../svg.ts'
import { nameOfMoment } from '../taking.ts'

const SCALE = 2

/** Draws a file of its own, so that neither the page's window nor its zoom has a say. */
async function paint(svg: string, w: number, h: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image(w, h)
    image.src = url
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: w * SCALE, height: h * SCALE })
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob>((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('This browser could not paint the picture. Save it as SVG instead.'))), 'image/png'))
  } finally {
    URL.revokeObjectURL(url)
  }
}

export default form({
  id: 'png', order: 20, of: 'moment', type: 'image/png',
  title: 'Picture of pixels (PNG ×2)',
  why: 'For a message, or a page that takes no SVG. Twice as fine as a screen.',
  file: (taking) => `${nameOfMoment(taking)}@2x.png`,
  make(taking) {
    const drawn = figure(taking)
    return paint(svgOf(drawn, taking), drawn.w, drawn.h)
  },
})
