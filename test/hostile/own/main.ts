import { parseArgs } from 'node:util'
import { startService } from '../../support/service.ts'
import { json, type OwnCase } from './case.ts'
import { ownCases } from './cases.ts'
import { measure } from './measure.ts'

/**
 * Sends every hostile case of our own to the built service, and prints what each costs: `npm run test:hostile`, or with
 * `-- --only TEXT` those whose name has it, with `-- --from TEXT` those from there on. What is over a target is marked, and the status is 1 then.
 */
const targets = { milliseconds: 1_500, growth: 256 * 1_048_576, live: 100 }

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    from: { type: 'string', default: '' },
    over: { type: 'boolean', default: false }
  }
})
const first = ownCases.findIndex(({ id }) => id.includes(values.from))
const chosen = ownCases.slice(Math.max(0, first)).filter(({ id }) => id.includes(values.only))

let service = await startService({ LOG_LEVEL: 'warn' })
const cell = (value: number, target: number, digits = 0): string =>
  `${value.toFixed(digits)}${value > target ? ' (!)' : ''}`.padStart(11)

let over = 0
const warm: OwnCase = { id: '', allowed: [], make: () => json({ chain: 'x' }) }
for (let n = 0; n < 20; n++) await measure(service, warm)
process.stdout.write(
  `${'MB'.padStart(6)}${'ms'.padStart(11)}${'CPU ms'.padStart(11)}${'grows MB'.padStart(11)}${'live p99'.padStart(11)}${'live max'.padStart(11)}  case: outcome\n`
)
for (const each of chosen) {
  const figures = await measure(service, each).catch(() => undefined)
  if (figures === undefined) {
    over += 1
    process.stdout.write(`${' '.repeat(50)}  ${each.id}: no answer (!)\n`)
    service.process.kill('SIGKILL')
    service = await startService({ LOG_LEVEL: 'warn' })
    continue
  }
  const { outcome, said, milliseconds, cpu, megabytes, growth, live } = figures
  const good =
    each.allowed.some((allowed) => allowed === outcome) &&
    milliseconds <= targets.milliseconds &&
    growth <= targets.growth &&
    live.p99 <= targets.live
  if (!good) over += 1
  if (good && values.over) continue
  const cells = [
    megabytes.toFixed(1).padStart(6),
    cell(milliseconds, targets.milliseconds),
    cell(cpu, Number.POSITIVE_INFINITY),
    cell(growth / 1_048_576, targets.growth / 1_048_576),
    cell(live.p99, targets.live),
    cell(live.longest, Number.POSITIVE_INFINITY)
  ]
  const allowed = each.allowed.some((one) => one === outcome) ? '' : ` (! ${each.allowed.join(' or ')})`
  process.stdout.write(`${cells.join('')}  ${each.id}: ${outcome}${allowed}; ${said}\n`)
}
await service.stop()
process.stdout.write(`${chosen.length} cases, ${over} over a target\n`)
if (over > 0) process.exitCode = 1
