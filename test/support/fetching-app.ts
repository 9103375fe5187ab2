import { defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationRequest } from '#dist/core/model/request.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { repairChain } from '#dist/core/repair-chain.js'
import { validation } from '#dist/core/validate.js'
import { readAddressRules } from '#dist/net/addresses.js'
import { type Fetching, type FetchingOptions, openFetching } from '#dist/net/fetching.js'
import { readHostRules } from '#dist/net/hosts.js'
import { readPortRules } from '#dist/net/target.js'
import { packageFile } from '#dist/package-file.js'
import { lanesOf } from '#dist/service/lanes/lanes.js'
import { testApp } from './service-app.ts'
import { now } from './times.ts'

export interface FetchingApp {
  readonly fetching: Fetching
  /** The verdict on a request, over HTTP. */
  ask(request: ValidationRequest): Promise<Verdict>
}

export interface FetchingSpec extends Partial<FetchingOptions> {
  /** What may be connected to: 127.0.0.1 by default. */
  readonly networks?: readonly string[]
}

const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the test has rules that cannot be read')
  return value
}

/** Fetching as the service has it by default, but for the networks, any port, and what the test asks for. */
export const testFetching = ({ networks = ['127.0.0.1'], ...options }: FetchingSpec = {}): Fetching =>
  openFetching({
    rules: {
      https: false,
      hosts: given(readHostRules([])),
      ports: given(readPortRules(['1-65535'])),
      addresses: given(readAddressRules(networks)),
      gate: { most: 32, mostPerHost: 4, mostWaiting: 1_024 },
      wholeMs: 30_000,
      leastBytesPerSecond: 4_096,
      maxBytesInFlight: 268_435_456
    },
    resolve: async () => [],
    deadlineMs: 3_000,
    maxPerValidation: 16,
    maxCrlBytes: 67_108_864,
    ocspNonce: true,
    failureSeconds: 30,
    lifetimes: { least: 60, most: 43_200 },
    memoryBytes: 268_435_456,
    keeping: undefined,
    keptBytes: 0,
    limits: defaultLimits,
    clock: now,
    keepingFailed: (error) => {
      throw error
    },
    ...options
  })

/** As the service has them, with patience: small requests are judged here, others and what was fetched in a process. */
const lanes = lanesOf(
  { validation, repairChain },
  {
    entry: packageFile('dist/service/lanes/worker.js'),
    smallBytes: 65_536,
    noteBytes: 134_217_728,
    textBytes: 2 ** 26,
    args: ['1048576'],
    size: 2,
    queue: 2_000,
    patience: 600_000,
    deadline: 30_000,
    heapLimit: 256,
    memoryLimit: 1_073_741_824
  }
)

/** The service with its real core, which fetches. */
export const fetchingApp = async (spec: FetchingSpec = {}): Promise<FetchingApp> => {
  const fetching = testFetching(spec)
  const { app } = await testApp({
    validate: lanes.validate,
    clock: spec.clock ?? now,
    gathering: () => fetching.gathering(),
    settings: { maxBodiesInFlightBytes: 67_108_864 }
  })
  return {
    fetching,
    ask: async (request) => {
      const answer = await app.inject({ method: 'POST', url: '/validate', payload: { ...request } })
      if (answer.statusCode !== 200) throw new Error(`no verdict: ${answer.statusCode} ${answer.body}`)
      return answer.json<Verdict>()
    }
  }
}
