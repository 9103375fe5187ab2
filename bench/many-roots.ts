import { type Figure, figureOfVidimus } from './figures.ts'
import { cpuOfRequests } from './measure.ts'
import type { Options } from './options.ts'
import { vidimus } from './peers/catalogue.ts'
import { type Server, startServers } from './peers/server.ts'
import type { LeafSupply } from './pki/leaves.ts'
import { rootsFile } from './pki/roots.ts'
import { ratiosOf, type Spread } from './statistics.ts'
import { cold } from './workloads/bodies.ts'
import { type RequestSource, valid } from './workloads/workload.ts'

/** Rounds before those that count. */
const warmUpRounds = 4

/** What a request costs against 10,000 roots, by what it costs against 150: one service with each, in rounds that take turns. */
export const manyRootsFigures = async (options: Options, supply: LeafSupply): Promise<readonly Figure[]> => {
  const servers = await startServers([150, 10_000].map((count) => vidimus().command(rootsFile(count))))
  const [few, many] = servers
  if (few === undefined || many === undefined) throw new Error('there are two servers')
  try {
    const figures: Figure[] = []
    for (const family of ['rsa', 'ec'] as const) {
      const count = (warmUpRounds + options.rounds) * options.requests
      const ratio = await compare({ few, many }, await cold({ issuer: `${family}-ca` })(count, supply), options)
      const title = `10,000 roots in place of 150: CPU a request, ${family.toUpperCase()}, cold`
      figures.push(figureOfVidimus(`many-roots-${family}`, title, '×', ratio))
    }
    return figures
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

const compare = async (
  { few, many }: { readonly few: Server; readonly many: Server },
  requests: RequestSource,
  { rounds, requests: aRound }: Options
): Promise<Spread> => {
  const cpu = new Map<Server, number[]>([
    [few, []],
    [many, []]
  ])
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const from = round * aRound
    for (const server of round % 2 === 0 ? [few, many] : [many, few]) {
      const used = await cpuOfRequests(server, { requests, from, to: from + aRound, expects: valid })
      if (round >= warmUpRounds) cpu.get(server)?.push(used)
    }
  }
  return ratiosOf(cpu.get(many) ?? [], cpu.get(few) ?? [])
}
