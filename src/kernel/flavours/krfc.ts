/** Linux 5.2 with the patch of July 2019. */
import { gemMmapHelperRfc, gemMmapRfc } from '../gem-mmap.ts'
import { flavour } from './_flavour.ts'
import k52 from './k52.ts'

export default flavour('KRFC', { ...k52.parts, gemMmap: gemMmapRfc, gemMmapHelper: gemMmapHelperRfc })
