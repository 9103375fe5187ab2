import { existsSync, readFileSync } from 'node:fs'
import type { ValidationRequest } from '#dist/core/model/request.js'
import { sharedFolder } from '../support/engines.ts'

/** One case of a conformance corpus: a body for `POST /validate` and whether a path must come out valid. */
export interface ConformanceCase {
  readonly id: string
  readonly request: ValidationRequest<string | readonly string[]>
  readonly expected: 'valid' | 'not-valid'
}

export type Corpus = 'pkits' | 'limbo' | 'bettertls'

/** The cases of a corpus; none where the folder of cases is absent, which the suite says by itself. */
export const casesOf = (corpus: Corpus): readonly ConformanceCase[] => {
  const file = `${sharedFolder}/conformance/${corpus}.jsonl`
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ConformanceCase)
}

/** A case that does not come out as expected, and why. An entry that is no longer needed fails the run. */
export interface LedgerEntry {
  readonly case: string
  readonly expected: 'valid' | 'not-valid'
  readonly actual: 'valid' | 'not-valid'
  readonly reason: string
}

export const ledger: readonly LedgerEntry[] = JSON.parse(
  readFileSync(new URL('ledger.json', import.meta.url), 'utf8')
) as readonly LedgerEntry[]

/** What is expected of a case here: what the corpus says, unless the ledger has an exception. */
export const expectationOf = ({ id, expected }: ConformanceCase): 'valid' | 'not-valid' =>
  ledger.find((entry) => entry.case === id)?.actual ?? expected
