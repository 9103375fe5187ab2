import { parseArgs } from 'node:util'
import type { Extent } from './measure.ts'

export interface Options extends Extent {
  /** Substrings of names: workloads and figures that have none of them are left out; all, where it is empty. */
  readonly only: readonly string[]
  /** Where the results go as JSON. */
  readonly json: string | undefined
  /** Entries of the large CRL. */
  readonly crlEntries: number
  /** Starts of each server. */
  readonly starts: number
}

export const usage = `Usage: npm run bench -- [--quick] [--only NAME]... [--rounds N] [--json FILE]

  --quick      a few minutes: fewer rounds, fewer requests, a CRL of 100,000 entries
  --only NAME  only what has NAME in its name; may be given several times, or as a list with commas
  --rounds N   rounds of each workload (15; quick 3)
  --json FILE  writes the results as JSON as well
`

/** Reads the arguments, or says what is wrong with them. */
export const readArguments = (parameters: readonly string[]): Options | { readonly fault: string } => {
  try {
    const { values } = parseArgs({
      args: [...parameters],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
        rounds: { type: 'string' },
        json: { type: 'string' }
      }
    })
    const { quick } = values
    const rounds = values.rounds === undefined ? (quick ? 3 : 15) : Number(values.rounds)
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) return { fault: '--rounds must be from 1 to 100' }
    return {
      rounds,
      requests: quick ? 200 : 1_000,
      only: values.only.flatMap((names) => names.split(',')).filter((name) => name !== ''),
      json: values.json,
      crlEntries: quick ? 100_000 : 1_000_000,
      starts: quick ? 2 : 7
    }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}
