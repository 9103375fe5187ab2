/** Chance that can be repeated: the same seed gives the same run (xorshift32, by G. Marsaglia's description). */
export interface Random {
  /** From 0 up to, but without, `below`. */
  below(below: number): number
  /** True in one of `in_` cases. */
  chance(in_: number): boolean
  /** Of a list that is not empty. */
  pick<T>(from: readonly T[]): T
  octets(length: number): Uint8Array
}

export const randomFrom = (seed: number): Random => {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1
  const next = (): number => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
  const below = (limit: number): number => (limit <= 1 ? 0 : next() % limit)
  return {
    below,
    chance: (in_) => below(in_) === 0,
    pick: (from) => {
      if (from.length === 0) throw new Error('there is nothing to pick from')
      return from[below(from.length)] as (typeof from)[number]
    },
    octets: (length) => Uint8Array.from({ length }, () => below(256))
  }
}
