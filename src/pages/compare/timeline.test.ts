import { expect, test } from 'vitest'
import { shortName } from './timeline.tsx'

test('labels are the words of the story', () => {
  const names = ['open', 'drmModeCreateDumbBuffer', 'drmModeMapDumbBuffer', 'drmModeAddFB', 'drmModePageFlip', 'drmHandleEvent', 'gbm_bo_get_fd', 'gbm_bo_import', 'gbm_bo_map', 'DRM_IOCTL_PANFROST_SUBMIT', 'DRM_IOCTL_PANFROST_WAIT_BO', 'drmCloseBufferHandle', 'display']
  expect(names.map(shortName)).toEqual(['open', 'create', 'map', 'addFB', 'pageFlip', 'handleEvent', 'get_fd', 'import', 'map', 'submit', 'wait_bo', 'close', 'display'])
})
