import { parseArgs } from 'node:util'
import { readCorpus } from './corpus.ts'
import { countCoverage } from './coverage.ts'
import { askAgain, Differential, type Disagreement, describeDisagreement } from './differential.ts'
import { Findings } from './findings.ts'
import { randomFrom } from './random.ts'
import { makeSeeds } from './seeds.ts'
import { type Target, targets } from './targets.ts'

/**
 * Feeds the decoders with what they do not expect, and holds verdicts against OpenSSL's, for some seconds. What is found is
 * written to `fuzz/findings`; then the status is 1. The same seed gives the same mutations, of keys that are new each time.
 */

/** A decoder that takes longer, for at most 256 KiB of input, is too slow. Tenfold what was seen, for machines are shared. */
const slowest = 1_000
/** Between these the clock is asked and other work gets its turn. */
const inputsATurn = 200
const chainsATurn = 25

const findings = new Findings()
const tried = new Map<string, number>()
const explained = new Map<string, number>()

const count = (map: Map<string, number>, key: string, by = 1): Map<string, number> =>
  map.set(key, (map.get(key) ?? 0) + by)

const tryInput = (target: Target, input: Uint8Array): void => {
  count(tried, target.name)
  const started = process.cpuUsage()
  try {
    target.run(input)
  } catch (thrown) {
    findings.add(target.name, input, thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))
  }
  // Computing alone counts: a machine that does other things lets anything take long.
  const { user, system } = process.cpuUsage(started)
  const took = (user + system) / 1_000
  if (took > slowest) findings.add(target.name, input, `it took ${Math.round(took)} ms`)
}

const tell = (disagreement: Disagreement): void => {
  const { explanation } = disagreement
  if (explanation !== undefined) count(explained, explanation)
  else {
    const text = describeDisagreement(disagreement)
    findings.add('differential', text, text.split('\n').slice(0, 2).join('; '))
  }
}

const replay = (chosen: readonly Target[], differs: boolean): void => {
  for (const { target, input } of readCorpus()) {
    for (const each of chosen) if (each.name === target) tryInput(each, input)
    const again = target === 'differential' && differs ? askAgain(Buffer.from(input).toString()) : undefined
    if (again !== undefined) tell(again)
  }
}

interface Plan {
  readonly seconds: number
  readonly seed: number
  readonly chosen: readonly Target[]
  readonly differs: boolean
}

const run = async ({ seconds, seed, chosen, differs }: Plan): Promise<void> => {
  process.stdout.write(`seed ${seed}, ${seconds} s\n`)
  const random = randomFrom(seed)
  const counted = await countCoverage(/\/dist\/core\//)
  replay(chosen, differs)
  const seeds = makeSeeds()
  const differential = new Differential(random)
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; ) {
    for (const target of chosen) for (let at = 0; at < inputsATurn; at++) tryInput(target, target.make(seeds, random))
    if (differs) {
      for (const disagreement of differential.compare(chainsATurn)) tell(disagreement)
      count(tried, 'differential', chainsATurn)
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { covered, total } = await counted()
  for (const [name, times] of tried) process.stdout.write(`${name}: ${times} executions\n`)
  if (differs) process.stdout.write(`valid by both: ${differential.bothValid}\n`)
  for (const [reason, times] of explained) process.stdout.write(`differed ${times} times: ${reason}\n`)
  process.stdout.write(`coverage of the core: ${((100 * covered) / total).toFixed(1)} % of its code\n`)
  process.stdout.write(`findings: ${findings.count}\n`)
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string' }
  }
})
const plan: Plan = {
  seconds: Number(values.seconds),
  seed: Number(values.seed),
  chosen: targets.filter(({ name }) => values.only === undefined || values.only === name),
  differs: values.only === undefined || values.only === 'differential'
}
if (!(plan.seconds > 0) || !Number.isInteger(plan.seed) || (plan.chosen.length === 0 && !plan.differs)) {
  const names = [...targets.map(({ name }) => name), 'differential'].join('|')
  process.stderr.write(`Usage: npm run fuzz -- [--seconds N] [--seed N] [--only ${names}]\n`)
  process.exitCode = 2
} else {
  await run(plan)
  if (findings.count > 0) process.exitCode = 1
}
