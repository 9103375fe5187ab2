import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { authority } from './authorities.ts'
import { isCached, readCached, writeCached } from './cache.ts'
import type { LeafKind } from './leaf.ts'
import { joinRecords, splitRecords } from './records.ts'

/** Leaves with serial numbers from `from` to, but not including, `to`. */
export interface LeafOrder {
  readonly issuer: string
  readonly kind: LeafKind
  readonly from: number
  readonly to: number
}

export interface Leaf {
  readonly serial: number
  /** DER, the leaf first, its own issuer after it where it has one. */
  readonly certificates: readonly Uint8Array[]
}

/** Hands out leaves, each once in a run, and has those made that the cache lacks. */
export class LeafSupply {
  readonly #given = new Map<string, number>()

  async take(issuer: string, kind: LeafKind, count: number): Promise<readonly Leaf[]> {
    const file = `leaves/${issuer}-${kind}.bin`
    const from = this.#given.get(file) ?? 0
    this.#given.set(file, from + count)
    const records = await ensure(file, issuer, kind, from + count)
    const each = kind === 'own-ca' ? 2 : 1
    return Array.from({ length: count }, (_, at) => {
      const start = (from + at) * each
      return { serial: from + at, certificates: records.slice(start, start + each).toReversed() }
    })
  }
}

const ensure = async (file: string, issuer: string, kind: LeafKind, count: number): Promise<readonly Uint8Array[]> => {
  authority(issuer) // Made here, so that no two workers make it.
  const known = isCached(file) ? splitRecords(readCached(file)) : []
  const each = kind === 'own-ca' ? 2 : 1
  const have = known.length / each
  if (have >= count) return known
  process.stderr.write(`Making ${count - have} ${kind} certificates under ${issuer}\n`)
  const records = [...known, ...(await makeParallel({ issuer, kind, from: have, to: count }))]
  writeCached(file, joinRecords(records))
  return records
}

const makeParallel = async ({ issuer, kind, from, to }: LeafOrder): Promise<readonly Uint8Array[]> => {
  const share = Math.ceil((to - from) / availableParallelism())
  const orders: LeafOrder[] = []
  for (let at = from; at < to; at += share) orders.push({ issuer, kind, from: at, to: Math.min(to, at + share) })
  const parts = await Promise.all(orders.map(makeIn))
  return parts.flat()
}

const makeIn = async (order: LeafOrder): Promise<readonly Uint8Array[]> => {
  const worker = new Worker(new URL('leaf-worker.ts', import.meta.url), { workerData: order })
  const [octets] = (await once(worker, 'message')) as [Uint8Array]
  await worker.terminate()
  return splitRecords(Buffer.from(octets))
}
