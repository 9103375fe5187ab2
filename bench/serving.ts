import { setTimeout as elapsed } from 'node:timers/promises'
import type { Figure } from './figures.ts'
import { sendLoad } from './load.ts'
import type { Options } from './options.ts'
import { vidimus } from './peers/catalogue.ts'
import { childrenOf, cpuOf } from './peers/process.ts'
import { type Server, startServer } from './peers/server.ts'
import type { LeafSupply } from './pki/leaves.ts'
import { rootsFile } from './pki/roots.ts'
import { ratiosOf, type Spread, spreadOf } from './statistics.ts'
import { cold, hot } from './workloads/bodies.ts'
import type { RequestSource } from './workloads/workload.ts'
import { valid } from './workloads/workload.ts'

/** Connections that are kept, which two processes cannot have half of each. */
const oddConnections = 3
/** Known and new requests after which a process of Node.js gets no faster, about, and rounds before those that count. */
const [warmUp, newWarmUp, warmUpRounds] = [8_000, 4_000, 2]
/** Milliseconds in which connections may move from one process to the other, and in which is looked then. */
const [settling, looking] = [6_000, 12_000]

/** What a second process that serves costs, and how the work is split between the two. */
export const servingFigures = async (options: Options, supply: LeafSupply): Promise<readonly Figure[]> => {
  const servers = await Promise.all(
    ['1', '2'].map((WORKERS) => startServer(vidimus({ WORKERS }).command(rootsFile(150))))
  )
  const [one, two] = servers
  if (one === undefined || two === undefined) throw new Error('there are two servers')
  try {
    const known = await hot({ issuer: 'rsa-ca' })(1, supply)
    const fresh = await cold({ issuer: 'rsa-ca' })(servers.length * newWarmUp, supply)
    for (const [at, { port }] of servers.entries()) {
      await sendLoad({ port, requests: known, from: 0, to: (at + 1) * warmUp, expects: valid })
      await sendLoad({ port, requests: fresh, from: 0, to: (at + 1) * newWarmUp, expects: valid })
    }
    const figures: Figure[] = []
    for (const [name, title, requests] of [
      ['cold', 'RSA, cold', cold({ issuer: 'rsa-ca' })],
      ['hot', 'EC, hot', hot({ issuer: 'ec-ca' })]
    ] as const) {
      const count = (warmUpRounds + options.rounds) * options.requests
      const { ratio, split } = await compare(one, two, await requests(count, supply), options)
      figures.push(
        ofVidimus(`workers-${name}`, `WORKERS=2: CPU a request by that of one, ${title}`, '×', ratio),
        ofVidimus(`workers-${name}-split`, `WORKERS=2: work of the busier process, ${title}, 8 connections`, '%', split)
      )
    }
    const kept = await keptSplit(two, await hot({ issuer: 'ec-ca' })(1, supply))
    figures.push(ofVidimus('workers-kept-split', `WORKERS=2: the same, ${oddConnections} kept connections`, '%', kept))
    return figures
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

const ofVidimus = (name: string, title: string, unit: Figure['unit'], spread: Spread): Figure => ({
  name,
  title,
  unit,
  values: new Map([['vidimus', spread]])
})

/** Both answer the same requests, in rounds that take turns. */
const compare = async (one: Server, two: Server, requests: RequestSource, { rounds, requests: aRound }: Options) => {
  const warm = warmUpRounds * aRound
  for (const server of [one, two]) await sendLoad({ port: server.port, requests, from: 0, to: warm, expects: valid })
  const cpu = new Map<Server, number[]>([one, two].map((server) => [server, []]))
  const splits: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (const server of round % 2 === 0 ? [one, two] : [two, one]) {
      await elapsed(20)
      const before = workOf(server)
      const from = warm + round * aRound
      await sendLoad({ port: server.port, requests, from, to: from + aRound, expects: valid })
      const { whole, split } = since(server, before)
      cpu.get(server)?.push(whole / aRound)
      if (server === two) splits.push(split)
    }
  }
  return { ratio: ratiosOf(cpu.get(two) ?? [], cpu.get(one) ?? []), split: spreadOf(splits) }
}

/** A few connections that are kept, on which is asked again and again. */
const keptSplit = async (server: Server, requests: RequestSource): Promise<Spread> => {
  const load = { port: server.port, requests, from: 0, to: Number.POSITIVE_INFINITY, expects: valid }
  const over = new AbortController()
  const sent = sendLoad({ ...load, connections: oddConnections, until: over.signal })
  await elapsed(settling)
  const before = workOf(server)
  await elapsed(looking)
  const { split } = since(server, before)
  over.abort()
  await sent
  return spreadOf([split])
}

interface Work {
  readonly whole: number
  /** Of each process that serves. */
  readonly each: ReadonlyMap<number, number>
}

const workOf = ({ pid }: Server): Work => ({
  whole: cpuOf(pid),
  each: new Map(childrenOf(pid).map((child) => [child, cpuOf(child)]))
})

/** The microseconds of CPU since then, and how much of what both processes did the busier one has done, in percent. */
const since = (server: Server, before: Work): { readonly whole: number; readonly split: number } => {
  const now = workOf(server)
  const each = [...now.each].map(([child, cpu]) => cpu - (before.each.get(child) ?? 0))
  const all = each.reduce((sum, cpu) => sum + cpu, 0)
  return { whole: now.whole - before.whole, split: (100 * Math.max(...each, 0)) / Math.max(all, 1) }
}
