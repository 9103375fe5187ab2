import { Histogram, type Registry } from 'prom-client'

interface Measured {
  readonly name: string
  readonly help: string
  readonly label: string
  readonly registers: Registry[]
}

/** Seconds: most validations take a few milliseconds, those that fetch up to some seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** So many wait at most: to sort them in takes a fraction of a millisecond. */
const mostWaiting = 256

/**
 * A histogram of what every request takes, by one label of a small set. What is measured waits, and is sorted in many at a time or when
 * somebody asks: by itself each would cost as much as the rest of its counting.
 */
export class Durations {
  readonly #histogram: Histogram
  readonly #label: string
  #waiting: { readonly value: string; readonly seconds: number }[] = []

  constructor({ name, help, label, registers }: Measured) {
    this.#label = label
    const collect = (): void => this.#sortIn()
    this.#histogram = new Histogram({ name, help, labelNames: [label], buckets, registers, collect })
  }

  /** `value` is that of the label. */
  add(value: string, seconds: number): void {
    if (this.#waiting.push({ value, seconds }) >= mostWaiting) this.#sortIn()
  }

  #sortIn(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { value, seconds } of waiting) this.#histogram.observe({ [this.#label]: value }, seconds)
  }
}
