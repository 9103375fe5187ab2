import type { Load } from './protocol.ts'

/** By how much a process may have more to do than the average: of two, one has 57 % of the work then. */
const tolerance = 1.15
/** The part of a core below which nothing is worth a connection. */
const least = 0.05

/**
 * How many connections each process should end, so that those who ask on them come again and are given to another. Connections that
 * are kept carry very different loads, and three of them do not divide by two: as long as a process has more to do than the others, some move.
 * `milliseconds` is the time that the loads are of.
 */
export const connectionsToShed = (loads: readonly Load[], milliseconds: number): readonly number[] => {
  const average = loads.reduce((sum, { cpu }) => sum + cpu, 0) / loads.length
  return loads.map(({ cpu, busy }) => {
    if (cpu <= tolerance * average || cpu < least * milliseconds * 1_000) return 0
    const surplus = Math.floor(busy * (1 - average / cpu))
    return busy < 2 ? 0 : Math.min(Math.max(surplus, 1), busy - 1)
  })
}
