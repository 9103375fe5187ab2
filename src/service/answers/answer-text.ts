import { formatInstant } from '../../core/model/instant.ts'

/** The JSON of a verdict that is given at several times of validation, which it says in `checkedAt`. */
export class AnswerText {
  readonly #before: string
  readonly #after: string
  readonly #fixed: boolean
  #text: string
  #at: number | undefined

  /** `checkedAt` as the text says it where that is the time of the clock; undefined where it is always the same. */
  constructor(text: string, checkedAt: string | undefined) {
    this.#text = text
    this.#fixed = checkedAt === undefined
    const start = text.indexOf(`"checkedAt":"${checkedAt}"`) + '"checkedAt":"'.length
    this.#before = text.slice(0, start)
    this.#after = text.slice(start + (checkedAt?.length ?? 0))
  }

  /** As it is at that second since 1970-01-01T00:00:00Z. */
  at(seconds: number): string {
    if (this.#fixed || this.#at === seconds) return this.#text
    this.#at = seconds
    this.#text = `${this.#before}${formatInstant(seconds)}${this.#after}`
    return this.#text
  }
}
