/** kms_swrast: no GPU. The CPU draws, and all that a card offers is MODE_MAP_DUMB. Mirrors: kms_dri_sw_winsys.c. Leaves out: what the CPU then draws. */
import type { Winsys } from '../winsys.ts'

export default {
  driver: '',
  imports: ['kms_sw_displaytarget_from_handle', 'kms_sw_displaytarget_from_handle'],
  maps: ['kms_sw_displaytarget_map', 'kms_sw_displaytarget_map'],
} satisfies Winsys
