import { execFileSync } from 'node:child_process'
import { setTimeout as elapsed } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sendLoad } from './load.ts'
import type { Options } from './options.ts'
import type { Peer, PeerName } from './peers/catalogue.ts'
import { memoryOf } from './peers/process.ts'
import { startServer } from './peers/server.ts'
import { cachePath } from './pki/cache.ts'
import { crlFile } from './pki/crl.ts'
import { rootsFile } from './pki/roots.ts'
import { type Spread, spreadOf } from './statistics.ts'

/** Figures beside those of requests: of starting, and of loading large files. */
export interface Figure {
  readonly name: string
  readonly title: string
  readonly unit: 'ms' | 'MB' | 'µs' | '×' | '%'
  readonly values: ReadonlyMap<PeerName, Spread>
}

/** One that has no peer. */
export const figureOfVidimus = (name: string, title: string, unit: Figure['unit'], spread: Spread): Figure => ({
  name,
  title,
  unit,
  values: new Map([['vidimus', spread]])
})

/** From the start of the process to its first verdict, and what memory it has then; half a second later, as it idles. */
export const startFigures = async (
  peers: readonly Peer[],
  roots: number,
  request: Uint8Array,
  { starts }: Options
): Promise<readonly Figure[]> => {
  const times = new Map<PeerName, Spread>()
  const memories = new Map<PeerName, Spread>()
  for (const peer of peers) {
    const milliseconds: number[] = []
    const megabytes: number[] = []
    for (let at = 0; at < starts; at++) {
      const before = performance.now()
      const server = await startServer(peer.command(rootsFile(roots)))
      await sendLoad({ port: server.port, requests: () => request, from: 0, to: 1, expects: undefined })
      milliseconds.push(performance.now() - before)
      await elapsed(500)
      megabytes.push(memoryOf(server.pid).now / 1e6)
      await server.stop()
    }
    times.set(peer.name, spreadOf(milliseconds))
    memories.set(peer.name, spreadOf(megabytes))
  }
  const against = `${roots.toLocaleString('en')} roots`
  return [
    { name: `start-${roots}`, title: `Start to first answer, ${against}`, unit: 'ms', values: times },
    { name: `memory-${roots}`, title: `Resident when idle, ${against}`, unit: 'MB', values: memories }
  ]
}

interface Loaded {
  readonly loadCpuMicroseconds: number
  readonly grownBytes: number
  readonly lookUpNanoseconds: number
}

/** A CRL of very many entries: read whole, each in a process of its own. */
export const crlFigures = (peers: readonly Peer[], { crlEntries, starts }: Options): readonly Figure[] => {
  const path = crlFile(crlEntries)
  const runs = new Map<PeerName, readonly Loaded[]>([
    ['vidimus', repeat(starts, () => inNode('in-process/crl.ts', path))]
  ])
  if (peers.some(({ name }) => name === 'go')) {
    runs.set(
      'go',
      repeat(starts, () => JSON.parse(execFileSync(cachePath('go-peer'), ['crl', path], { encoding: 'utf8' })))
    )
  }
  const of = (figure: (loaded: Loaded) => number): ReadonlyMap<PeerName, Spread> =>
    new Map([...runs].map(([name, loads]) => [name, spreadOf(loads.map(figure))]))
  const title = `CRL of ${crlEntries.toLocaleString('en')} entries`
  return [
    {
      name: 'crl-load',
      title: `${title}: CPU to load`,
      unit: 'ms',
      values: of((run) => run.loadCpuMicroseconds / 1_000)
    },
    {
      name: 'crl-memory',
      title: `${title}: memory beside the file`,
      unit: 'MB',
      values: of((run) => run.grownBytes / 1e6)
    },
    {
      name: 'crl-look-up',
      title: `${title}: a look-up`,
      unit: 'µs',
      values: of((run) => run.lookUpNanoseconds / 1_000)
    }
  ]
}

/** A CA file read as at the start of the service. */
export const rootsFigures = ({ starts }: Options): readonly Figure[] =>
  [150, 10_000].map((count): Figure => {
    const path = rootsFile(count)
    const runs = repeat(starts, () => inNode<{ readonly milliseconds: number }>('in-process/roots.ts', path))
    return {
      name: `roots-load-${count}`,
      title: `CA file of ${count.toLocaleString('en')} roots: time to load`,
      unit: 'ms',
      values: new Map([['vidimus', spreadOf(runs.map(({ milliseconds }) => milliseconds))]])
    }
  })

const repeat = <T>(times: number, run: () => T): readonly T[] => Array.from({ length: times }, run)

const inNode = <T = Loaded>(script: string, path: string): T => {
  const file = fileURLToPath(new URL(script, import.meta.url))
  return JSON.parse(execFileSync(process.execPath, [file, path], { encoding: 'utf8' }))
}
