import type { Logger } from 'pino'
import { type Application, makeApplication } from '../application.ts'
import { Problem } from '../http/problem.ts'
import { administrators } from '../service/administrators.ts'
import { trustStoreService } from '../service/trust-stores/trust-store-service.ts'
import { Connections } from './connections.ts'
import type { Line } from './line.ts'
import type { Beginning, PrimaryCalls, ServingCalls } from './protocol.ts'
import { gatheringOver } from './remote-gathering.ts'
import { keepingOver, uploadedOver } from './remote-keeping.ts'
import { ratesOver } from './remote-rates.ts'
import { Replica } from './replica.ts'

/** A serving process, once it serves. */
export interface Served {
  readonly application: Application
  readonly connections: Connections
}

/** Milliseconds in which the primary tells what to begin with, and the figures of the whole service. */
const [beginTime, figuresTime] = [30_000, 5_000]

/** Puts a serving process together: the application, with all that is there once reached over the line. */
export const serveOver = (line: Line<ServingCalls, PrimaryCalls>, log: Logger) => {
  const begun = line.ask('begin', undefined, beginTime)
  const replica = new Replica(begun.then(({ stores }) => stores))
  // Why nothing should be sent here at this moment, as the primary says.
  let notReady: readonly string[] = []
  const admins = begun.then(({ config: { adminTokens, adminTokensFile } }) =>
    administrators(adminTokens, adminTokensFile, (fault) =>
      log.warn({ fault }, 'tokens that may change trust stores cannot be read as they should')
    )
  )
  const served = begun.then(async (beginning): Promise<Served> => {
    const { config } = beginning
    log.level = config.logLevel
    notReady = beginning.notReady
    await replica.whenServed()
    const application = await makeApplication(config, {
      ...surroundingsOver(line, beginning, replica),
      log,
      administrators: await admins,
      figures: [],
      notReady: () => notReady
    })
    const connections = new Connections(application.app)
    await application.app.ready()
    connections.begin()
    return { application, connections }
  })
  let cpu = process.cpuUsage()
  const load = ({ connections }: Served) => {
    const used = process.cpuUsage(cpu)
    cpu = process.cpuUsage()
    return { cpu: used.user + used.system, busy: connections.takeBusy(), open: connections.open }
  }
  const calls: Omit<ServingCalls, 'end'> = {
    store: (news) => replica.take(news),
    state: (reasons) => {
      notReady = reasons
    },
    figures: async () => (await served).application.metrics.values(),
    remembered: async () => [...(await served).application.remembered.all],
    reloadTokens: async () => (await admins).reload(),
    load: async () => load(await served),
    shed: async (count) => (await served).connections.shed(count),
    hold: async () => (await served).connections.hold(),
    finish: async () => (await served).connections.finish()
  }
  return { served, calls }
}

const surroundingsOver = (
  line: Line<ServingCalls, PrimaryCalls>,
  { config, defaultStores, fetchingMs }: Beginning,
  replica: Replica
) => {
  const clock = (): number => Math.floor(Date.now() / 1_000)
  const { registry } = replica
  const changing = {
    keeping: keepingOver(line),
    uploaded: uploadedOver(line, replica),
    registry,
    defaultStores,
    yardstick: () => ({ now: clock(), securityLevel: config.securityLevel }),
    maxStores: config.maxTrustStores,
    maxCertificates: config.maxStoreCertificates
  }
  return {
    clock,
    registry,
    defaultStores,
    stores: (rehearsing: Parameters<typeof trustStoreService>[1]) => trustStoreService(changing, rehearsing),
    gathering: fetchingMs === undefined ? undefined : gatheringOver(line, config.limits, fetchingMs),
    rates: ratesOver(line),
    warnings: () => line.ask('warnings', undefined, figuresTime).catch(() => ['The primary process does not answer.']),
    metricsText: () =>
      line.ask('metrics', undefined, figuresTime).catch(() => {
        throw new Problem('overloaded', 'The figures cannot be told at this moment.', {
          headers: { 'retry-after': '1' }
        })
      }),
    recall: async () => new Map(await line.ask('remembered', undefined, figuresTime))
  }
}
