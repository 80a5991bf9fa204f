/** How this page writes numbers and names. */

/** 63,575. */
export const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

export const bytesText = (bytes: number): string => (bytes < 1000 ? `${bytes} bytes` : `${Math.round(bytes / 1000)} kB`)

/** `6.1.192`: the release without remarks. */
export const releaseOf = (kernel: string): string => kernel.replace(/\s*\(.*$/, '')
export const remarksOf = (kernel: string): string => /\((.*)\)\s*$/.exec(kernel)?.[1] ?? ''
