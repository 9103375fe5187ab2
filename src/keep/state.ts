import type { KeepingError } from '../trust/keeping.ts'

/** Hears of it when the database stops answering as it should, with the reason, and with undefined when it does again. */
export type Report = (fault: KeepingError | undefined) => void

/** Reports each state once, however often it is met. */
export class State {
  readonly #report: Report
  #last: string | undefined

  constructor(report: Report) {
    this.#report = report
  }

  set(fault: KeepingError | undefined): void {
    if (fault?.message === this.#last) return
    this.#last = fault?.message
    this.#report(fault)
  }
}
