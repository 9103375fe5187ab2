import { parentPort, workerData } from 'node:worker_threads'
import { makeLeaf } from './leaf.ts'
import type { LeafOrder } from './leaves.ts'
import { joinRecords } from './records.ts'

const { issuer, kind, from, to }: LeafOrder = workerData
const leaves: Uint8Array[] = []
for (let serial = from; serial < to; serial++) leaves.push(...makeLeaf(issuer, kind, serial))
parentPort?.postMessage(joinRecords(leaves))
