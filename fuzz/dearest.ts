import { parseArgs } from 'node:util'
import { AllowanceSpent, defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationSettings } from '#dist/core/model/request.js'
import { validate } from '#dist/core/validate.js'
import { validationRequest } from '#dist/http/body/validation-request.js'
import { smallAllowance, smallCount } from '#dist/service/lanes/size.js'
import { describe, type Genome, mutated, newGenome, requestOf } from './dear-request.ts'
import { randomFrom } from './random.ts'

/**
 * Looks for the dearest of the requests that are judged where they are received, for being small: up to 64 KiB and as many
 * certificates as that may have, within what may be done for it. It climbs: of a request and one that differs a little, the one that took longer stays.
 *
 * The status is 1 where one takes more than the target, as measured by the processor's time, which others do not share.
 */
const target = 50
const largest = 65_536
/** After so many steps without a dearer one it begins anew. */
const patience = 60
const settings: ValidationSettings = {
  now: 0,
  securityLevel: 2,
  limits: defaultLimits,
  maxCertificates: smallCount,
  allowance: smallAllowance
}
const bodyLimits = { maxDepth: 32, maxValues: 100_000, maxParts: 64 }

/** Milliseconds of computing from the octets of the body to the answer's. */
const costOf = async (body: Uint8Array): Promise<number> => {
  const start = process.cpuUsage()
  const raw = { mediaType: 'application/json', contentType: 'application/json', body, query: new Map() } as const
  const request = await validationRequest(raw, bodyLimits, () => undefined)
  try {
    const outcome = validate(request, [], settings)
    JSON.stringify(outcome.kind === 'verdict' ? outcome.verdict : outcome)
  } catch (thrown) {
    // What was done here before it goes to another process.
    if (!(thrown instanceof AllowanceSpent)) throw thrown
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000
}

/** The least of some runs: collecting garbage and compiling are not the request's. */
const measured = async (genome: Genome, atLeast: number): Promise<number> => {
  const { body, certificates } = requestOf(genome)
  if (body.length > largest || certificates > smallCount) return 0
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < 5 && least > atLeast; run++) least = Math.min(least, await costOf(body))
  return least
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) }
  }
})
const random = randomFrom(Number(values.seed))
process.stdout.write(`seed ${values.seed}, ${values.seconds} s\n`)

let dearest = { cost: 0, genome: newGenome(random) }
let current = dearest
let tried = 0
let since = 0
for (const until = performance.now() + Number(values.seconds) * 1_000; performance.now() < until; tried++) {
  if (since++ > patience) {
    since = 0
    current = { cost: 0, genome: random.chance(2) ? newGenome(random) : mutated(dearest.genome, random) }
  }
  const genome = current.cost === 0 ? newGenome(random) : mutated(current.genome, random)
  const cost = await measured(genome, current.cost)
  if (cost <= current.cost) continue
  current = { cost, genome }
  since = 0
  if (cost <= dearest.cost) continue
  dearest = current
  process.stdout.write(`${cost.toFixed(1)} ms: ${describe(genome)}\n`)
}
process.stdout.write(`${tried} requests, the dearest of ${dearest.cost.toFixed(1)} ms (target: ${target} ms)\n`)
if (dearest.cost > target) process.exitCode = 1
