/**
 * What a Mali GPU says of itself in its feature registers, as the kernel prints them at boot.
 * Mirrors: GPU_L2_FEATURES, GPU_MMU_FEATURES, GPU_AS_PRESENT, GPU_JS_PRESENT (panfrost_regs.h, panfrost_gpu.c). Leaves out: everything about shaders.
 */

/** Values of the registers; one that is not known is absent. */
export interface MaliRegisters { readonly l2: number; readonly mmu: number; readonly as?: number; readonly js?: number }
export interface MaliFeatures {
  readonly l2Bytes: number
  readonly l2Ways: number
  readonly lineBytes: number
  /** Bits of a GPU address, and of the physical address behind it. */
  readonly vaBits: number
  readonly paBits: number
  /** Address spaces and job slots; null: nobody said. */
  readonly spaces: number | null
  readonly slots: number | null
}

const byte = (value: number, n: number): number => (value >>> (8 * n)) & 0xff
const ones = (value: number): number => value.toString(2).replaceAll('0', '').length

/** L2_FEATURES holds logarithms: of the line in the low byte, of the ways in the next, of the size in the third. */
export const maliFeatures = ({ l2, mmu, as, js }: MaliRegisters): MaliFeatures => ({
  lineBytes: 2 ** byte(l2, 0), l2Ways: 2 ** byte(l2, 1), l2Bytes: 2 ** byte(l2, 2), vaBits: byte(mmu, 0), paBits: byte(mmu, 1),
  spaces: as === undefined ? null : ones(as), slots: js === undefined ? null : ones(js),
})
