import { createHash } from 'node:crypto'
import type { EvidenceKeeping, EvidenceKind, KeptEvidence } from '../net/keeping.ts'
import { checksumOf } from './content.ts'
import type { Database, Row, Statement } from './database.ts'
import { bytesOrNullOf, integerOf, textOf, wordOf } from './rows.ts'

const kinds: readonly EvidenceKind[] = ['crl', 'ocsp', 'issuer']

/** Seconds: when something was last used is known no better than this, so that reading seldom writes. */
const useGrain = 3_600

const columns = 'kind, key, fetched_at, fresh_until'

const hashOf = (key: string): string => createHash('sha256').update(key, 'utf8').digest('hex')

const select = (kind: EvidenceKind, hash: string): Statement => ({
  sql: `SELECT ${columns}, used_at, checksum, body FROM vidimus_evidence WHERE kind = $1 AND key_hash = $2`,
  values: [kind, hash]
})

const use = (kind: EvidenceKind, hash: string, now: number): Statement => ({
  sql: 'UPDATE vidimus_evidence SET used_at = $3 WHERE kind = $1 AND key_hash = $2 AND used_at < $3',
  values: [kind, hash, now]
})

const replace = ({ kind, key, body, fetchedAt, freshUntil }: KeptEvidence): Statement => ({
  sql: `INSERT INTO vidimus_evidence (kind, key_hash, key, fetched_at, fresh_until, used_at, bytes, checksum, body)
    VALUES ($1, $2, $3, $4, $5, $4, $6, $7, $8)
    ON CONFLICT (kind, key_hash) DO UPDATE SET key = excluded.key, fetched_at = excluded.fetched_at,
      fresh_until = excluded.fresh_until, bytes = excluded.bytes, checksum = excluded.checksum, body = excluded.body
    WHERE vidimus_evidence.fetched_at <= excluded.fetched_at`,
  values: [kind, hashOf(key), key, fetchedAt, freshUntil, body.length, checksumOf(body), body]
})

const selectDue = (time: number, most: number): Statement => ({
  sql: `SELECT ${columns} FROM vidimus_evidence WHERE fresh_until < $1 ORDER BY fresh_until, kind, key_hash LIMIT $2`,
  values: [time, most]
})

const removeStale = (time: number): Statement => ({
  sql: 'DELETE FROM vidimus_evidence WHERE fresh_until < $1',
  values: [time]
})

const removeUnused = (maxBytes: number): Statement => ({
  sql: `DELETE FROM vidimus_evidence WHERE (kind, key_hash) IN (
      SELECT kind, key_hash FROM (
        SELECT kind, key_hash, sum(bytes) OVER (ORDER BY used_at DESC, kind, key_hash) AS total FROM vidimus_evidence
      ) AS used WHERE total > $1
    )`,
  values: [maxBytes]
})

const withoutBody = (row: Row): Omit<KeptEvidence, 'body'> => ({
  kind: wordOf(row, 'kind', kinds),
  key: textOf(row, 'key'),
  fetchedAt: integerOf(row, 'fetched_at'),
  freshUntil: integerOf(row, 'fresh_until')
})

/** Fetched evidence in `database`. `clock` gives seconds since 1970-01-01T00:00:00Z. */
export const evidenceIn = (database: Database, clock: () => number): EvidenceKeeping => ({
  get: async (kind, key) => {
    const hash = hashOf(key)
    const [row] = await database.read(select(kind, hash))
    if (row === undefined) return undefined
    const body = bytesOrNullOf(row, 'body')
    // What is damaged can be fetched again, which replaces it.
    if (body === null || checksumOf(body) !== textOf(row, 'checksum')) return undefined
    const now = clock()
    // A note of use that waits for others, or cannot be made, is no reason to withhold what was read.
    if (integerOf(row, 'used_at') + useGrain < now) database.write([use(kind, hash, now)], false).catch(() => [])
    return { ...withoutBody(row), body }
  },

  put: async (evidence) => {
    await database.write([replace(evidence)], false)
  },

  due: async (time, most) => (await database.read(selectDue(time, most))).map(withoutBody),

  trim: async (time, maxBytes) => {
    await database.write([removeStale(time), removeUnused(maxBytes)], false)
  }
})
