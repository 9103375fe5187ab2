/** A sequence of numbers from 0 to 1 that is the same in every run: xorshift of 32 bits. */
export const chances = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

export const shuffled = <T>(items: readonly T[], seed: number): readonly T[] => {
  const chance = chances(seed)
  return items
    .map((item) => ({ item, place: chance() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
