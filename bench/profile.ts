import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sendLoad } from './load.ts'
import { vidimus } from './peers/catalogue.ts'
import { startServer } from './peers/server.ts'
import { LeafSupply } from './pki/leaves.ts'
import { rootsFile } from './pki/roots.ts'
import { areas, type CpuProfile, summarise } from './report/areas.ts'
import { workloads } from './workloads/index.ts'

/**
 * Where the time goes: the service under the profiler of V8 and the load of a workload, by area and by function.
 *
 *     npm run build && npx --no-install node bench/profile.ts rsa-cold 5000
 */
const profile = async (name: string, count: number): Promise<CpuProfile> => {
  const workload = workloads.find((each) => each.name === name)
  if (workload === undefined) throw new Error(`There is no workload ${name}`)
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-profile-'))
  const command = vidimus().command(rootsFile(workload.roots))
  const parameters = ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', folder, ...command.parameters]
  const requests = await workload.requests(count, new LeafSupply())
  const server = await startServer({ ...command, parameters })
  await sendLoad({ port: server.port, requests, from: 0, to: count, expects: workload.expects })
  await server.stop()
  const [file] = readdirSync(folder)
  const text = readFileSync(join(folder, file ?? ''), 'utf8')
  rmSync(folder, { recursive: true })
  return JSON.parse(text)
}

const name = process.argv[2] ?? 'rsa-cold'
const count = Number(process.argv[3] ?? 5_000)
const { total, byArea, byFunction } = summarise(await profile(name, count))
const line = (title: string, time: number): string =>
  `${(time / count).toFixed(1).padStart(9)} µs ${((time / total) * 100).toFixed(1).padStart(5)} %  ${title}\n`
process.stdout.write(`${name}: ${(total / count).toFixed(0)} µs a request on the main thread, starting included\n\n`)
for (const area of areas) process.stdout.write(line(area, byArea.get(area) ?? 0))
process.stdout.write('\nFunctions, with what they call outside of this code and Fastify\n\n')
for (const [title, time] of byFunction.slice(0, 60)) process.stdout.write(line(title, time))
