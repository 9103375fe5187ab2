/** Times around the present, as DER has their digits. */

export const now = (): number => Math.floor(Date.now() / 1_000)

/** GeneralizedTime of a time some seconds from now. */
export const generalizedDigits = (seconds: number): string =>
  new Date((now() + seconds) * 1_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)

/** UTCTime of the same. */
export const utcDigits = (seconds: number): string => generalizedDigits(seconds).slice(2)

export const hour = 3_600
