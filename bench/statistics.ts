/** The least, the middle and the greatest of some figures. */
export interface Spread {
  readonly least: number
  readonly median: number
  readonly most: number
}

/** Throws where there are none: a figure that was not measured must not look like one. */
export const spreadOf = (figures: readonly number[]): Spread => {
  const sorted = figures.toSorted((one, other) => one - other)
  const [least] = sorted
  const most = sorted.at(-1)
  if (least === undefined || most === undefined || sorted.some(Number.isNaN)) {
    throw new Error('There are no figures to make a spread of')
  }
  const upper = sorted[sorted.length >> 1] ?? most
  const lower = sorted[(sorted.length - 1) >> 1] ?? least
  return { least, median: (lower + upper) / 2, most }
}

/** Figures of the same rounds by each other, round by round: what made one round slow made it slow for both. */
export const ratiosOf = (these: readonly number[], those: readonly number[]): Spread =>
  spreadOf(these.map((figure, round) => figure / (those[round] ?? Number.NaN)))
