import { printable } from '../model/printable.ts'
import type { ConstraintsFault } from './document.ts'

/** Faults that are listed: whoever has more has made one mistake many times. */
const mostFaults = 100

/** Notes what is wrong with constraints, so that one answer tells all of it. */
export class ConstraintsFaults {
  readonly #faults: ConstraintsFault[] = []
  #omitted = 0

  /** `path` are the names and indexes that lead to the place. */
  add(path: readonly (string | number)[], detail: string): undefined {
    if (this.#faults.length === mostFaults) this.#omitted++
    else this.#faults.push({ pointer: path.map(reference).join(''), detail })
  }

  get any(): boolean {
    return this.#faults.length > 0
  }

  get list(): readonly ConstraintsFault[] {
    if (this.#omitted === 0) return this.#faults
    return [...this.#faults, { pointer: '', detail: `has ${this.#omitted} more faults, which are not listed` }]
  }
}

/** RFC 6901 §3. Names are of the input: what would not show is escaped, and they are cut. */
const reference = (part: string | number): string =>
  `/${printable(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`
