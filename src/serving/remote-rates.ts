import type { Rates } from '../http/rate-limit.ts'
import type { Line } from './line.ts'
import type { PrimaryCalls, ServingCalls } from './protocol.ts'

/** Milliseconds; a client is let in where the primary does not answer so long. */
const patience = 2_000

/**
 * The rates of clients, which the primary counts for all processes, so that they are exact whichever a client comes to.
 * What comes in one turn of this process is asked for together.
 */
export const ratesOver = (line: Line<ServingCalls, PrimaryCalls>): Rates => {
  let asked: { readonly client: string; readonly resolve: (wait: number) => void }[] = []
  const ask = async (): Promise<void> => {
    const together = asked
    asked = []
    const clients = together.map(({ client }) => client)
    const waits = await line.ask('rates', clients, patience).catch(() => [])
    for (const [at, { resolve }] of together.entries()) resolve(waits[at] ?? 0)
  }
  return {
    take: (client) =>
      new Promise((resolve) => {
        asked.push({ client, resolve })
        if (asked.length === 1) setImmediate(() => void ask())
      })
  }
}
