// Loaded into a service before all else: at SIGUSR2 its clock steps by the seconds that the file CLOCK_STEP then holds, which it writes to a
// file beside it when it has. Timers do not, as with a clock that an operator sets: they count on one that never steps.
import { readFileSync, writeFileSync } from 'node:fs'

const RealDate = Date
let offset = 0
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset)
    else super(...given)
  }

  static now() {
    return RealDate.now() + offset
  }
}
process.on('SIGUSR2', () => {
  const step = readFileSync(process.env.CLOCK_STEP, 'utf8')
  offset = 1_000 * Number(step)
  writeFileSync(`${process.env.CLOCK_STEP}.taken`, step)
})
