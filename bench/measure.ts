import { setTimeout as elapsed } from 'node:timers/promises'
import { type Load, sendLoad } from './load.ts'
import type { Peer, PeerName } from './peers/catalogue.ts'
import { cpuOf, memoryOf } from './peers/process.ts'
import { type Server, startServer } from './peers/server.ts'
import type { LeafSupply } from './pki/leaves.ts'
import { rootsFile } from './pki/roots.ts'
import type { RequestSource, Workload } from './workloads/workload.ts'

/** How much is sent. */
export interface Extent {
  readonly rounds: number
  /** Ordinary requests of a round and a peer. */
  readonly requests: number
}

/** What one workload has cost. */
export interface Measurement {
  readonly workload: Workload
  /** CPU of the server in microseconds for one validation, a figure for each round. */
  readonly cpu: ReadonlyMap<PeerName, readonly number[]>
  /** Resident bytes of each server after its last round. */
  readonly memory: ReadonlyMap<PeerName, number>
  /** Why a peer has no figures, where it was to have some. */
  readonly skipped: ReadonlyMap<PeerName, string>
}

/** How much slower a peer is than others, about: as many fewer requests tell as much. */
const slowness: Readonly<Record<PeerName, number>> = { vidimus: 1, go: 1, rust: 1, echo: 1, pkijs: 20 }

/** What every server is sent before anything is measured. */
export interface WarmUp {
  readonly count: number
  readonly requests: RequestSource
}

/** Servers that run, by peer and CA file: each is started and warmed up once, and kept for the workloads that follow. */
export class Servers {
  readonly #running = new Map<string, Promise<Server>>()
  readonly #warmUp: WarmUp

  constructor(warmUp: WarmUp) {
    this.#warmUp = warmUp
  }

  get(peer: Peer, roots: number): Promise<Server> {
    const key = `${peer.name} ${roots}`
    const server = this.#running.get(key) ?? this.#start(peer, roots)
    this.#running.set(key, server)
    return server
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(async (server) => (await server).stop()))
  }

  async #start(peer: Peer, roots: number): Promise<Server> {
    const server = await startServer(peer.command(rootsFile(roots)))
    const { requests, count } = this.#warmUp
    const to = Math.ceil(count / slowness[peer.name])
    await sendLoad({ port: server.port, requests, from: 0, to, expects: undefined })
    return server
  }
}

interface Contestant {
  readonly peer: Peer
  readonly server: Server
  readonly count: number
  readonly cpu: number[]
}

/** Has every peer answer the same requests, in rounds that take turns, and notes the CPU that each round has cost. */
export const measure = async (
  workload: Workload,
  peers: readonly Peer[],
  servers: Servers,
  supply: LeafSupply,
  { rounds, requests: ordinary }: Extent
): Promise<Measurement> => {
  const aRound = Math.max(2, Math.round(ordinary / workload.weight))
  // What a server has met too seldom runs in code that is not optimised yet.
  const warmUpRounds = workload.warmUpRounds ?? 2
  const warmUp = warmUpRounds * aRound
  const requests = await workload.requests(warmUp + rounds * aRound, supply)
  const skipped = new Map<PeerName, string>()
  const contestants: Contestant[] = []
  for (const peer of peers.filter(({ name }) => workload.peers.includes(name))) {
    const server = await servers.get(peer, workload.roots)
    const count = Math.max(2, Math.round(aRound / slowness[peer.name]))
    const contestant = { peer, server, count, cpu: [] }
    const fault = await firstFault(workload, contestant, requests, warmUpRounds * count)
    if (fault === undefined) contestants.push(contestant)
    else skipped.set(peer.name, fault)
  }
  for (let round = 0; round < rounds; round++) {
    const turned = [
      ...contestants.slice(round % contestants.length),
      ...contestants.slice(0, round % contestants.length)
    ]
    for (const contestant of turned) await oneRound(workload, contestant, requests, warmUp + round * aRound)
  }
  return {
    workload,
    cpu: new Map(contestants.map(({ peer, cpu }) => [peer.name, cpu])),
    memory: new Map(contestants.map(({ peer, server }) => [peer.name, memoryOf(server.pid).now])),
    skipped
  }
}

/** Warms a server up, and says why it cannot take part where it does not have the route. */
const firstFault = async (
  workload: Workload,
  { peer, server }: Contestant,
  requests: RequestSource,
  count: number
): Promise<string | undefined> => {
  const load = { port: server.port, requests, expects: expectationOf(workload, peer) }
  try {
    await sendLoad({ ...load, from: 0, to: count })
    return undefined
  } catch (error) {
    if (error instanceof Error && /^Unexpected answer 404/.test(error.message)) {
      return `it has no ${workload.path} yet`
    }
    throw error
  }
}

const oneRound = async (workload: Workload, contestant: Contestant, requests: RequestSource, from: number) => {
  const { peer, server, count, cpu } = contestant
  const expects = expectationOf(workload, peer)
  const used = await cpuOfRequests(server, { requests, from, to: from + count, expects })
  cpu.push(used / (workload.validations ?? 1))
}

/** Microseconds of CPU that a server takes for one of some requests. */
export const cpuOfRequests = async ({ pid, port }: Server, load: Omit<Load, 'port'>): Promise<number> => {
  await elapsed(20)
  const before = cpuOf(pid)
  await sendLoad({ ...load, port })
  return (cpuOf(pid) - before) / (load.to - load.from)
}

const expectationOf = ({ expects }: Workload, { name }: Peer) => (name === 'echo' ? undefined : expects)
