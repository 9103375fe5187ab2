// Loaded into a service before all else: at SIGUSR2 its clock steps by the seconds that the file CLOCK_STEP then holds. Timers do not, as
// with a clock that an operator sets: they count on one that never steps.
import { readFileSync } from 'node:fs'

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
  offset = 1_000 * Number(readFileSync(process.env.CLOCK_STEP, 'utf8'))
})
