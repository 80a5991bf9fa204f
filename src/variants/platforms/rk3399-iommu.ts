/** Rockchip RK3399 with the IOMMU that stands before its display. */
import { rockchipIommu } from '../../kernel/tables/iommu.ts'
import { preset } from '../../machine/platform.ts'
import { board, wired } from './rk3399.ts'

export default preset({
  ...wired, board: { ...board, display: { ...board.display, contiguous: false } }, id: 'rk3399-iommu', title: 'RK3399 · the display behind its IOMMU', place: 1.2, iommus: { display: rockchipIommu },
  why: 'The same board as it is: tables of two levels stand before the display, so that pages which lie scattered are one range for it.',
  leavesOut: 'Memory that the display\'s own driver allocates page by page, because it may lie scattered: here it is in one piece.',
})
