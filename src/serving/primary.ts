import { setTimeout as elapsed } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Holdings } from '../holdings.ts'
import { addressText } from '../http/address.ts'
import { ClientRates, mostClients } from '../http/client-rates.ts'
import { cannotListen } from '../listening.ts'
import type { Opened } from '../opened.ts'
import { ConfigError } from '../service/config.ts'
import type { Config } from '../service/config-types.ts'
import { makeMetrics } from '../service/metrics.ts'
import { SummedMetrics } from '../service/summed-metrics.ts'
import { Fleet } from './fleet.ts'
import { Front } from './front.ts'
import { Gatherings } from './gatherings.ts'
import { primaryCalls } from './primary-calls.ts'
import { PublishedStores } from './published-stores.ts'
import { servingFigures } from './serving-figures.ts'
import type { ServingProcess } from './serving-process.ts'
import { shareOf } from './share.ts'

export interface PrimaryParts {
  readonly holdings: Holdings
  readonly log: Logger
  /** Writes a line that another process logs. */
  readonly logLine: (line: string) => void
  readonly opened: Opened
}

/** Several processes that serve behind one address. */
export interface ServingProcesses {
  readonly address: string
  /** Has them read again what they read themselves. */
  reload(): void
}

/** Milliseconds of the first and the last step of the last calls, and those in which connections may go on coming in meanwhile. */
const [stepTime, acceptTime] = [250, 2_000]
/** Milliseconds for what a process does at once. */
const shortTime = 2_000
/** Milliseconds beyond what a round of gathering takes. */
const spareMs = 5_000

/** Ends of serving processes before all have served once, after which nobody waits for it any more. */
const mostFailedStarts = 8
const cannotStart = 'WORKERS: the processes that serve end before they do; the log has how.'

/**
 * Starts the processes and listens when all of them serve. This one owns what there is once: database, files and who watches them,
 * what is fetched, the log, the figures and the rates of clients. It takes connections, and reads nothing of what clients send.
 * Rejects with a `ConfigError` where it cannot listen, or they do not come to serve. They are closed with `opened`; what is in flight
 * has its time before.
 */
export const startServingProcesses = async (config: Config, parts: PrimaryParts): Promise<ServingProcesses> => {
  const { holdings, log, logLine, opened } = parts
  const { trust, uploads, fetching } = holdings
  const { uploaded } = uploads
  const share = shareOf(config, config.workers)
  const rates = new ClientRates(config.rateLimit, mostClients)
  const summed = new SummedMetrics()
  const all = Promise.withResolvers<void>()
  let notReady: readonly string[] = []
  let failedStarts = 0

  const front: Front = new Front((connection) => fleet.give(connection))
  const stores = new PublishedStores({
    registry: trust.registry,
    recordOf: (name) => uploaded.served(name),
    processes: () => fleet.processes
  })
  const own = makeMetrics([...holdings.figures, ...servingFigures(() => ({ ...fleet.counts, dropped: front.dropped }))])
  const addUp = async (): Promise<string> => summed.text([await own.values(), ...(await fleet.figures())])
  /** Under way: whoever asks meanwhile gets the same. */
  let adding: Promise<string> | undefined
  const answering = {
    begins: () => ({
      config: share,
      defaultStores: trust.defaultStores,
      fetchingMs: fetching && config.fetching.deadlineMs + spareMs,
      notReady
    }),
    stores,
    keeping: uploads.keeping.stores,
    serve: (...kept: Parameters<typeof uploaded.serve>) => uploaded.serve(...kept),
    warnings: holdings.warnings,
    metrics: () => {
      adding ??= addUp().finally(() => {
        adding = undefined
      })
      return adding
    },
    take: (client: string) => rates.take(client, performance.now()),
    gatherings: fetching && new Gatherings(fetching),
    remembered: async () =>
      (await askAll((line) => line.ask('remembered', undefined, shortTime))).flatMap((entries) => entries ?? [])
  }
  const fleet: Fleet = new Fleet({
    size: config.workers,
    mostConnections: share.maxConnections,
    log,
    logLine,
    calls: (process) => primaryCalls(answering, process),
    onServes: () => {
      if (fleet.counts.serving === config.workers) all.resolve()
      front.retry()
    },
    onRoom: () => front.retry(),
    onLeft: (connection) => front.take(connection),
    onEnd: (last) => {
      summed.end(last)
      failedStarts += 1
      // Has no effect once all serve.
      if (failedStarts === mostFailedStarts) all.reject(new ConfigError([cannotStart]))
    }
  })
  const askAll = <T>(ask: (line: ServingProcess['line']) => Promise<T>): Promise<readonly (T | undefined)[]> =>
    Promise.all(fleet.serving.map(({ line }) => orNothing(ask(line))))

  opened.add(() => fleet.close(shortTime))
  await all.promise
  opened.add(() => front.close())
  const address = await front.listen(config.host, config.port).catch(cannotListen(config))
  opened.add(async () => {
    const end = performance.now() + config.shutdownTimeout * 1_000
    notReady = ['The service is stopping.']
    fleet.replaceNoMore()
    for (const process of fleet.serving) process.line.tell('state', notReady)
    // Each answer ends its connection meanwhile, so that those in use come to their end.
    await elapsed(stepTime)
    await askAll((line) => line.ask('hold', undefined, shortTime))
    await front.whenAllAreTaken(acceptTime)
    front.close()
    const left = Math.max(end - performance.now(), stepTime)
    await askAll((line) => line.ask('finish', undefined, left))
  })
  return {
    address: addressText(address),
    reload: () => {
      for (const process of fleet.serving) process.line.tell('reloadTokens', undefined)
    }
  }
}

/** Undefined where it does not answer in time, or is gone. */
const orNothing = <T>(answer: Promise<T>): Promise<T | undefined> => answer.catch(() => undefined)
