/** The moment as a drawing that scales: for slides, papers and pages. */
import { figure } from '../figure.tsx'
import { form } from '../form.ts'
import { svgOf } from '../svg.ts'
import { nameOfMoment } from '../taking.ts'

export default form({
  id: 'svg', order: 10, of: 'moment', type: 'image/svg+xml',
  title: 'Picture that scales (SVG)',
  why: 'For slides, papers and pages. Its faces and colours are inside; it fetches nothing.',
  file: (taking) => `${nameOfMoment(taking)}.svg`,
  make: (taking) => svgOf(figure(taking), taking),
})
