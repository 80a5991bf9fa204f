/**
 * The replaceable functions of the kernel, in one list; a flavour is a choice of them. Always called through `k.parts`,
 * so that a variant can put another function in place. Everything else is an ordinary import.
 */
export interface KernelParts {
  /** `5.2`, `6.1`, `6.19`: which table of a driver's hooks is taken at boot. */
  readonly release: string
}
