/** A tree of June 2019 that never was a release: 5.2 where MMAP_BO refuses imports. */
import { mmapBoRefusesImports } from '../mmap-bo.ts'
import { flavour } from './_flavour.ts'
import k52 from './k52.ts'

export default flavour('KBLK', { ...k52.parts, mmapBo: mmapBoRefusesImports })
