import { setTimeout as elapsed } from 'node:timers/promises'
import type { Figure } from './figures.ts'
import { sendLoad } from './load.ts'
import type { Options } from './options.ts'
import { vidimus } from './peers/catalogue.ts'
import { cpuOf } from './peers/process.ts'
import { type Server, startServer } from './peers/server.ts'
import type { LeafSupply } from './pki/leaves.ts'
import { rootsFile } from './pki/roots.ts'
import { ratiosOf, type Spread } from './statistics.ts'
import { cold } from './workloads/bodies.ts'
import { type RequestSource, valid } from './workloads/workload.ts'

/** Rounds before those that count. */
const warmUpRounds = 4

/** What a request costs against 10,000 roots, by what it costs against 150: one service with each, in rounds that take turns. */
export const manyRootsFigures = async (options: Options, supply: LeafSupply): Promise<readonly Figure[]> => {
  const servers = await Promise.all([150, 10_000].map((count) => startServer(vidimus().command(rootsFile(count)))))
  const [few, many] = servers
  if (few === undefined || many === undefined) throw new Error('there are two servers')
  try {
    const figures: Figure[] = []
    for (const family of ['rsa', 'ec'] as const) {
      const count = (warmUpRounds + options.rounds) * options.requests
      const ratio = await compare({ few, many }, await cold({ issuer: `${family}-ca` })(count, supply), options)
      figures.push({
        name: `many-roots-${family}`,
        title: `10,000 roots in place of 150: CPU a request, ${family.toUpperCase()}, cold`,
        unit: '×',
        values: new Map([['vidimus', ratio]])
      })
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
      await elapsed(20)
      const before = cpuOf(server.pid)
      await sendLoad({ port: server.port, requests, from, to: from + aRound, expects: valid })
      if (round >= warmUpRounds) cpu.get(server)?.push(cpuOf(server.pid) - before)
    }
  }
  return ratiosOf(cpu.get(many) ?? [], cpu.get(few) ?? [])
}
