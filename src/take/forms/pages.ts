/** A range of steps as pages, one for each step, for a printer or a PDF: a document that needs nothing around it. */
import { fill } from '../../base/fill.ts'
import { figure, mostLines, placesIn } from '../figure.tsx'
import { form } from '../form.ts'
import { SENTENCES } from '../sentences.ts'
import { escape, FACES, svgOf } from '../svg.ts'
import { nameOfRange, steps, titleOfRange } from '../taking.ts'

/** One page each, as large as it goes, in the colours of the screen. The title is a heading on the screen alone: printers have a line of their own for it. */
const CSS = `@page{size:A4 landscape;margin:8mm}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{margin:0}
section{display:grid;place-items:center;break-after:page;break-inside:avoid}
section:last-child{break-after:auto}
svg{display:block;width:100%;height:auto;max-height:190mm}
h1{font:600 20px/1.3 system-ui,sans-serif}
@media print{h1{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}}
@media screen{body{padding:16px}section{margin:0 0 16px}svg{max-height:96vh}}`

export default form({
  id: 'pages', order: 10, of: 'range', type: 'text/html', prints: true, most: 120,
  title: 'Pages (print, PDF)',
  why: 'A page for each step, with its caption. Print it, or let the print dialog make a PDF.',
  file: (taking) => `${nameOfRange(taking)}.html`,
  make(taking) {
    const all = steps(taking)
    const series = { places: placesIn(taking), captionLines: mostLines(taking, all) }
    const pages = all.map((at) => `<section aria-label="${fill(SENTENCES.step, { at })}">\n${svgOf(figure(taking, at, { ...series, prefix: `s${at}-` }), { ...taking, bare: true })}</section>\n`)
    return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>${escape(titleOfRange(taking))}</title>\n<style>${FACES}\n${CSS}</style>\n</head>\n<body>\n<main>\n<h1>${escape(titleOfRange(taking))}</h1>\n${pages.join('')}</main>\n</body>\n</html>\n`
  },
})
