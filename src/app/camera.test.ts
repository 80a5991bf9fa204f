/** The camera: what is seen, and where it goes; over many views, so that no edge is crossed and no way is one-way. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cameraText, HOME, lensOf, NEAREST, readCamera, type Camera, type Lens } from './camera.ts'
import { around, between, fitted, followed, homeward, panned, settled, showing, stopFrom, zoomedTo } from './camera-moves.ts'

const WHOLE: Lens = { x: 0, y: 0, w: 1, h: 1 }
const cameras = fc.record({ zoom: fc.double({ min: 1, max: NEAREST, noNaN: true }), x: fc.integer({ min: 0, max: 1000 }), y: fc.integer({ min: 0, max: 1000 }), follow: fc.boolean() }).map(settled)
const boxes = fc.record({ x: fc.double({ min: 0, max: 0.9, noNaN: true }), y: fc.double({ min: 0, max: 0.9, noNaN: true }), w: fc.double({ min: 0.01, max: 0.1, noNaN: true }), h: fc.double({ min: 0.01, max: 0.1, noNaN: true }) })
/** Cameras are rounded to a thousandth. */
const NEAR = 0.0011
const holds = (lens: Lens, box: Lens): boolean => box.x >= lens.x - NEAR && box.y >= lens.y - NEAR && box.x + box.w <= lens.x + lens.w + NEAR && box.y + box.h <= lens.y + lens.h + NEAR

test('home sees the whole stage, exactly', () => {
  expect(lensOf(HOME)).toEqual(WHOLE)
  expect(lensOf({ ...HOME, zoom: 0 })).toEqual(WHOLE)
  expect(homeward({ zoom: 3, x: 100, y: 100, follow: true })).toEqual({ ...HOME, follow: true })
})

describe('wherever it stands', () => {
  test('it sees nothing outside of the drawing', () => fc.assert(fc.property(cameras, (camera) => {
    expect(holds(WHOLE, lensOf(camera))).toBe(true)
    expect(lensOf(camera).w).toBeCloseTo(1 / camera.zoom, 6)
  })))

  test('its address leads back to it', () => fc.assert(fc.property(cameras, (camera) => {
    expect(readCamera(cameraText(camera) ?? '1:500:500')).toEqual(camera)
  })))

  test('what the pointer is on stays under it, away from the edges', () => fc.assert(fc.property(cameras, fc.double({ min: 0.3, max: 0.7, noNaN: true }), fc.double({ min: 1, max: 3, noNaN: true }), (camera, part, factor) => {
    const before = lensOf(camera)
    const hold = { x: before.x + part * before.w, y: before.y + part * before.h }
    const after = lensOf(zoomedTo(camera, camera.zoom * factor, hold))
    expect(Math.abs((hold.x - after.x) / after.w - part)).toBeLessThan(0.02)
    expect(Math.abs((hold.y - after.y) / after.h - part)).toBeLessThan(0.02)
  })))

  test('what is fitted is seen whole, and as large as that allows', () => fc.assert(fc.property(cameras, boxes, (camera, box) => {
    const there = fitted(camera, box)
    expect(holds(lensOf(there), box)).toBe(true)
    expect(there.zoom === 5 || Math.max(box.w, box.h) * there.zoom > 0.8).toBe(true)
    expect(there.follow).toBe(camera.follow)
  })))

  test('what gets the focus comes into view, and a view that has it stays', () => fc.assert(fc.property(cameras, boxes, (camera, box) => {
    const there = showing(camera, box)
    if (camera.zoom > 1) expect(holds(lensOf(there), box)).toBe(true)
    expect(there.zoom).toBeLessThanOrEqual(camera.zoom)
    expect(showing(there, box)).toEqual(there)
  })))

  test('it follows into view, and then stands still', () => fc.assert(fc.property(cameras, boxes, (camera, box) => {
    const there = followed(camera, box)
    expect(holds(lensOf(there), box)).toBe(true)
    expect(there.zoom).toBeLessThanOrEqual(Math.max(2, camera.zoom))
    expect(followed(there, box)).toBe(there)
  })))
})

test('what is followed from home is looked at from nearer', () => expect(followed(HOME, { x: 0.4, y: 0.4, w: 0.1, h: 0.1 })).toMatchObject({ zoom: 2, x: 450, y: 450 }))

test('something large draws it back, something small brings it near again', () => {
  const small: Lens = { x: 0.1, y: 0.5, w: 0.1, h: 0.1 }
  const near = followed(HOME, small)
  const back = followed(near, { x: 0.05, y: 0, w: 0.9, h: 0.5 })
  expect(back.zoom).toBeLessThan(1.2)
  expect(followed(back, small)).toEqual(near)
})

test('the stops lead from the overview to the nearest and back', () => {
  const way = (from: number, by: 1 | -1): number[] => {
    const next = stopFrom(from, by)
    return next === from ? [from] : [from, ...way(next, by)]
  }
  const up = way(0, 1)
  expect([up[0], up[1], up.at(-1)]).toEqual([0, 1, NEAREST])
  expect(way(NEAREST, -1)).toEqual(up.toReversed())
  expect(stopFrom(2.4, 1)).toBe(3)
  expect(stopFrom(2.4, -1)).toBe(2)
})

test('panning there and back ends where it began, and stops at the edge', () => {
  const camera: Camera = { zoom: 4, x: 500, y: 500, follow: false }
  expect(panned(panned(camera, 0.2, -0.2), -0.2, 0.2)).toEqual(camera)
  expect(lensOf(panned(camera, 100, -100))).toEqual({ x: 0.75, y: 0, w: 0.25, h: 0.25 })
})

test('between two views lie both ends', () => {
  const [a, b] = [lensOf(HOME), lensOf({ zoom: 4, x: 200, y: 700, follow: false })]
  expect(between(a, b, 0)).toEqual(a)
  expect(between(a, b, 1)).toEqual(b)
  expect(around([{ x: 0.1, y: 0.2, w: 0.1, h: 0.1 }, { x: 0.4, y: 0.1, w: 0.2, h: 0.05 }])).toMatchObject({ x: 0.1, y: 0.1 })
  expect(around([])).toBeNull()
})

test('an address that is no camera is not read', () => {
  for (const text of ['', '9:500:500', '2', '2:1', '-1:0:0', '2:500:500:away', 'near']) expect(readCamera(text)).toBeNull()
})
