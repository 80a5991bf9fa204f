/**
 * The kernel floor: three columns of cards at its foot, small tokens above them, and at the right the functions that run.
 * Between the two tokens of a row runs a corridor; arrows come down there, and along the lanes above and below the tokens.
 */
import { isRoomy, type Floors } from '../floors.ts'
import type { Box, Column, Place } from '../places.ts'

export interface Corridor { readonly x: number; readonly w: number; /** Between two arrows. */ readonly pitch: number }

export interface KernelLayout {
  readonly roomy: boolean
  readonly cards: readonly [Box, Box, Box]
  readonly tokens: readonly [readonly Box[], readonly Box[], readonly Box[]]
  readonly corridors: readonly [Corridor, Corridor, Corridor]
  /** Lanes right under the boundary, and between tokens and cards: first y and distance. */
  readonly upper: { readonly y: number; readonly pitch: number; readonly lanes: number }
  readonly lower: { readonly y: number; readonly pitch: number; readonly lanes: number }
  readonly chain: Box
  /** Height of a tab docked under a card. */
  readonly tab: number
  /** The card in the middle has no corridor beside it: arrows come over the cards to its top. */
  readonly over: boolean
}

const between = (least: number, wanted: number, most: number): number => Math.max(least, Math.min(most, wanted))

/** Under two rows of whole tokens a whole card needs this much of the floor. */
const WHOLE_CARDS = 225

/** `alone`: no exporter is among the objects, so that the importer's buffer stands in its place where there is room for one. `all`: there are both, and the dma_buf between them. */
export function kernelLayout(floors: Floors, compact: boolean, alone = false, all = false): KernelLayout {
  const { box, band } = floors.kernel
  const roomy = isRoomy({ w: band.w, h: band.h * 2.9 }) && band.h >= WHOLE_CARDS
  return !compact ? wideLayout(box, roomy) : all && box.w >= THREE ? threeLayout(box) : compactLayout(box, alone)
}

function wideLayout(box: Box, roomy: boolean): KernelLayout {
  const chainW = between(164, box.w * (roomy ? 0.27 : 0.31), 400)
  const gap = roomy ? between(42, box.w * 0.055, 120) : 22
  const objects = box.w - chainW - (roomy ? 20 : 12)
  // The middle one is wider: most arrows end there.
  const card = Math.floor(between(96, (objects - 2 * gap) / 3.16, 360))
  const widths = [card, Math.floor(card * 1.16), card] as const
  const lane = roomy ? 40 : 24
  const tokenH = roomy ? 32 : 18
  const rowGap = roomy ? 7 : 4
  const tokensH = 2 * tokenH + rowGap
  const tab = roomy ? 22 : 16
  const cardH = Math.min(box.h - lane - tokensH - (roomy ? 24 : 15), roomy ? 124 : 100)
  const cardY = box.y + box.h - cardH
  const columns = ([0, 1, 2] as const).map((column) => {
    const x = box.x + (column === 0 ? 0 : column === 1 ? card + gap : card + widths[1] + 2 * gap)
    const width = widths[column]
    const w = column === 1 ? (roomy ? 58 : 30) : roomy ? 28 : 24
    const token = (width - w) / 2
    const at = (side: 0 | 1, row: 0 | 1): Box => ({ x: x + side * (token + w), y: box.y + lane + row * (tokenH + rowGap), w: token, h: tokenH })
    return {
      card: { x, y: cardY, w: width, h: cardH },
      tokens: [at(0, 0), at(1, 0), at(0, 1), at(1, 1)],
      corridor: { x: x + token, w, pitch: column === 1 ? (roomy ? 8 : 4) : roomy ? 3.6 : 2.6 },
    }
  })
  const [a, b, c] = columns as [typeof columns[0], typeof columns[0], typeof columns[0]]
  return {
    roomy, tab, over: false,
    cards: [a.card, b.card, c.card], tokens: [a.tokens, b.tokens, c.tokens], corridors: [a.corridor, b.corridor, c.corridor],
    upper: { y: box.y + (roomy ? 17 : 12), pitch: roomy ? 3 : 2, lanes: roomy ? 7 : 6 },
    lower: { y: box.y + lane + tokensH + (roomy ? 6 : 3), pitch: roomy ? 4 : 3, lanes: roomy ? 4 : 3 },
    chain: { x: box.x + box.w - chainW, y: box.y + lane - (roomy ? 5 : 2), w: chainW, h: box.h - lane + (roomy ? 10 : 4) },
  }
}

/** Below this what runs begins right under the floor's name. */
const LOW = 155

/** A phone shows the dma_buf, the exporter's object, and what the running function says. */
function compactLayout(box: Box, alone: boolean): KernelLayout {
  const head = box.h < LOW ? 23 : 28
  const h = between(62, box.h * 0.4, 90)
  const y = box.y + box.h - h
  const gap = 46
  const inset = 16
  const w = (box.w - gap - 2 * inset) / 2
  const none: Box = { x: 0, y: 0, w: 0, h: 0 }
  const side = (x: number): Corridor => ({ x, w: inset, pitch: 4 })
  const right: Box = { x: box.x + inset + w + gap, y, w, h }
  return {
    roomy: false, tab: 0, over: false,
    cards: [alone ? none : right, { x: box.x + inset, y, w, h }, alone ? right : none], tokens: [[], [], []],
    corridors: [side(box.x + box.w - inset), side(box.x), side(alone ? box.x + box.w - inset : box.x)],
    upper: { y: box.y + 22, pitch: 3, lanes: 2 }, lower: { y: y - 10, pitch: 3, lanes: 3 },
    chain: { x: box.x + inset, y: box.y + head, w: box.w - 2 * inset, h: box.h - h - head - 7 },
  }
}

/** Three cards have room for their words beside each other from here on. */
const THREE = 430

/** On a slide beside another bench: the same with the importer's object, the dma_buf in the middle. */
function threeLayout(box: Box): KernelLayout {
  const small = compactLayout(box, false)
  const { y, h } = small.cards[1]
  const inset = 16
  const gap = 34
  const w = (box.w - 2 * inset - 2 * gap) / 3
  const card = (column: Column): Box => ({ x: box.x + inset + column * (w + gap), y, w, h })
  const [right, left] = small.corridors
  // Lanes between what runs and the cards.
  const chain = { ...small.chain, h: small.chain.h - 8 }
  return { ...small, over: true, chain, lower: { ...small.lower, y: y - 14 }, cards: [card(0), card(1), card(2)], corridors: [left, left, right] }
}

/** Where a place of the kernel floor lies; null: this size does not show it. */
export function boxAt(layout: KernelLayout, place: Place, homeBox: Box | null): Box | null {
  switch (place.kind) {
    case 'card': {
      const box = layout.cards[place.column]
      return box.w > 0 ? box : null
    }
    case 'token':
      return layout.tokens[place.column][place.index] ?? null
    case 'tab': {
      if (!homeBox || layout.tab === 0 || place.index > 1) return null
      // Two attachments share the foot of the card.
      const w = homeBox.w / 2
      return { x: homeBox.x + (place.shared ? place.index * w : 0), y: homeBox.y + homeBox.h - layout.tab, w: place.shared ? w : homeBox.w, h: layout.tab }
    }
    case 'area':
      return null
  }
}
