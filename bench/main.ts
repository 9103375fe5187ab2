import { existsSync, writeFileSync } from 'node:fs'
import { aboveSignatureFigures } from './above-signature.ts'
import { crlFigures, type Figure, rootsFigures, startFigures } from './figures.ts'
import { manyRootsFigures } from './many-roots.ts'
import { type Measurement, measure, Servers, type WarmUp } from './measure.ts'
import { type Options, readArguments, usage } from './options.ts'
import { availablePeers, type Peer } from './peers/catalogue.ts'
import { LeafSupply } from './pki/leaves.ts'
import { tablesOf } from './report/table.ts'
import { currentLoad, resultsOf } from './results.ts'
import { servingFigures } from './serving.ts'
import { hot, mixed } from './workloads/bodies.ts'
import { workloads } from './workloads/index.ts'

/** The benchmark: peers beside the service, the same requests for all, in rounds that take turns. */
const main = async (options: Options): Promise<void> => {
  const loadAtStart = currentLoad()
  const peers = availablePeers()
  const supply = new LeafSupply()
  const figures = await measureFigures(options, peers, supply)
  const measurements = await measureWorkloads(options, peers, supply)
  const skipped = measurements.flatMap(({ workload, skipped }) =>
    [...skipped].map(([peer, reason]) => `${workload.title}, ${peer}: ${reason}`)
  )
  const results = resultsOf(options, measurements, figures, loadAtStart, skipped)
  process.stdout.write(`${tablesOf(results)}\n`)
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`)
}

const wanted = (name: string, { only }: Options): boolean =>
  only.length === 0 || only.some((part) => name.includes(part))

const measureFigures = async (options: Options, peers: readonly Peer[], supply: LeafSupply) => {
  const figures: Figure[] = []
  if (wanted('crl', options)) figures.push(...crlFigures(peers, options))
  if (wanted('roots-load', options)) figures.push(...rootsFigures(options))
  if (wanted('above-signature', options)) figures.push(...(await aboveSignatureFigures(options, supply)))
  if (wanted('many-roots', options)) figures.push(...(await manyRootsFigures(options, supply)))
  if (wanted('workers', options)) figures.push(...(await servingFigures(options, supply)))
  if (wanted('start', options) || wanted('memory', options)) {
    const request = (await hot({ issuer: 'ec-ca' })(1, supply))(0)
    const few = peers.filter(({ name }) => name !== 'pkijs')
    figures.push(...(await startFigures(few, 150, request, options)))
    figures.push(
      ...(await startFigures(
        few.filter(({ name }) => name !== 'echo'),
        10_000,
        request,
        options
      ))
    )
  }
  return figures
}

const measureWorkloads = async (options: Options, peers: readonly Peer[], supply: LeafSupply) => {
  const measurements: Measurement[] = []
  const chosen = workloads.filter(({ name }) => wanted(name, options))
  const servers = new Servers(await warmUp(options, supply))
  try {
    for (const [at, workload] of chosen.entries()) {
      process.stderr.write(`${at + 1} of ${chosen.length}: ${workload.title}\n`)
      measurements.push(await measure(workload, peers, servers, supply, options))
    }
  } finally {
    await servers.stop()
  }
  return measurements
}

/** What a server is sent before anything is measured: much that it knows and some that it does not, or all that is new to it would be slow. */
const warmUp = async ({ rounds, requests }: Options, supply: LeafSupply): Promise<WarmUp> => {
  const count = rounds * requests
  const rsa = await mixed({ issuer: 'rsa-ca' })(Math.ceil(count / 2), supply)
  const ec = await mixed({ issuer: 'ec-ca' })(Math.ceil(count / 2), supply)
  return { count, requests: (index) => (index % 2 === 0 ? rsa : ec)(Math.floor(index / 2)) }
}

const options = readArguments(process.argv.slice(2))
if ('fault' in options) {
  process.stderr.write(`${options.fault}\n\n${usage}`)
  process.exitCode = 2
} else if (!existsSync('/proc/self/schedstat')) {
  process.stderr.write('The benchmark reads the CPU time of servers from /proc, which Linux alone has.\n')
  process.exitCode = 2
} else {
  await main(options)
}
