/** What a value must be, said as the end of "must be …", or the value itself. */
export type Reading<T> = { readonly value: T } | { readonly mustBe: string }

/** One variable of the configuration. */
export interface Setting<T> {
  readonly name: string
  /** What it is where it is not set, for people. */
  readonly byDefault: string
  readonly meaning: string
  /** True where its value must never be shown. */
  readonly secret?: boolean
  /** Reads the text of the variable; undefined where it is not set. */
  read(text: string | undefined): Reading<T>
}

export const value = <T>(value: T): Reading<T> => ({ value })
export const mustBe = <T>(what: string): Reading<T> => ({ mustBe: what })

export const setting = <T>(
  name: string,
  byDefault: string,
  meaning: string,
  read: (text: string | undefined) => Reading<T>
): Setting<T> => ({ name, byDefault, meaning, read })

export const integer = (
  name: string,
  byDefault: number,
  least: number,
  most: number,
  meaning: string
): Setting<number> =>
  setting(name, String(byDefault), meaning, (text = String(byDefault)) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    return number >= least && number <= most ? value(number) : mustBe(`an integer from ${least} to ${most}`)
  })

export const oneOf = <T extends string>(
  name: string,
  byDefault: T,
  allowed: readonly T[],
  meaning: string
): Setting<T> =>
  setting(name, byDefault, meaning, (text = byDefault) => {
    const found = allowed.find((candidate) => candidate === text)
    return found === undefined ? mustBe(`one of ${allowed.join(', ')}`) : value(found)
  })

/** What commas separate. */
export const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
