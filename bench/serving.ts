import { setTimeout as elapsed } from 'node:timers/promises'
import { type Figure, figureOfVidimus } from './figures.ts'
import { sendLoad, usualConnections } from './load.ts'
import type { Options } from './options.ts'
import { vidimus } from './peers/catalogue.ts'
import { childrenOf, cpuOf } from './peers/process.ts'
import { type Server, startServers } from './peers/server.ts'
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

/**
 * What a second process that serves costs, and how the work is split between the two. It is held against one process, and against two services
 * that know nothing of one another: what these cost more than one is the machine's doing, and that each has half of the company.
 */
export const servingFigures = async (options: Options, supply: LeafSupply): Promise<readonly Figure[]> => {
  const servers = await startServers(['1', '1', '2'].map((WORKERS) => vidimus({ WORKERS }).command(rootsFile(150))))
  const [one, other, two] = servers
  if (one === undefined || other === undefined || two === undefined) throw new Error('there are three servers')
  try {
    const known = await hot({ issuer: 'rsa-ca' })(1, supply)
    const fresh = await cold({ issuer: 'rsa-ca' })(2 * newWarmUp, supply)
    for (const server of servers) {
      const { port } = server
      const processes = server === two ? 2 : 1
      await sendLoad({ port, requests: known, from: 0, to: processes * warmUp, expects: valid })
      await sendLoad({ port, requests: fresh, from: 0, to: processes * newWarmUp, expects: valid })
    }
    const figures: Figure[] = []
    for (const [name, title, requests] of [
      ['cold', 'RSA, cold', cold({ issuer: 'rsa-ca' })],
      ['hot', 'EC, hot', hot({ issuer: 'ec-ca' })]
    ] as const) {
      const count = (warmUpRounds + options.rounds) * options.requests
      const { byOne, byApart, split } = await compare({ one, other, two }, await requests(count, supply), options)
      figures.push(
        figureOfVidimus(`workers-${name}`, `WORKERS=2: CPU a request by that of one, ${title}`, '×', byOne),
        figureOfVidimus(
          `workers-${name}-apart`,
          `WORKERS=2: the same by two services, half of the load each, ${title}`,
          '×',
          byApart
        ),
        figureOfVidimus(
          `workers-${name}-split`,
          `WORKERS=2: work of the busier process, ${title}, 8 connections`,
          '%',
          split
        )
      )
    }
    const kept = await keptSplit(two, await hot({ issuer: 'ec-ca' })(1, supply))
    figures.push(
      figureOfVidimus('workers-kept-split', `WORKERS=2: the same, ${oddConnections} kept connections`, '%', kept)
    )
    return figures
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

interface Servers {
  /** One process each. */
  readonly one: Server
  readonly other: Server
  /** Two processes that serve. */
  readonly two: Server
}

/** All answer the same requests, in rounds that take turns. */
const compare = async (
  { one, other, two }: Servers,
  requests: RequestSource,
  { rounds, requests: aRound }: Options
): Promise<{ readonly byOne: Spread; readonly byApart: Spread; readonly split: Spread }> => {
  const asked = [[one], [one, other], [two]] as const
  const cpu: readonly [number[], number[], number[]] = [[], [], []]
  const splits: number[] = []
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    for (let turn = 0; turn < asked.length; turn++) {
      const which = (round + turn) % asked.length
      const those = asked[which] ?? []
      await elapsed(20)
      const begun = those.map((server) => ({ server, before: workOf(server) }))
      await sendShares(those, requests, round * aRound, aRound)
      if (round < warmUpRounds) continue
      const done = begun.map(({ server, before }) => since(server, before))
      cpu[which]?.push(done.reduce((sum, { whole }) => sum + whole, 0) / aRound)
      if (those[0] === two) splits.push(done[0]?.split ?? 0)
    }
  }
  const [ofOne, ofApart, ofTwo] = cpu
  return { byOne: ratiosOf(ofTwo, ofOne), byApart: ratiosOf(ofTwo, ofApart), split: spreadOf(splits) }
}

/** Gives each server an equal share of the requests, on an equal share of the usual connections. */
const sendShares = async (
  servers: readonly Server[],
  requests: RequestSource,
  from: number,
  count: number
): Promise<void> => {
  const share = count / servers.length
  await Promise.all(
    servers.map(({ port }, at) =>
      sendLoad({
        port,
        requests,
        from: from + Math.round(at * share),
        to: from + Math.round((at + 1) * share),
        expects: valid,
        connections: usualConnections / servers.length
      })
    )
  )
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
