import type { Code, DetailsOf } from './codes.ts'

/** A fault of one certificate (or other object) by itself, before it has a place in a path. */
export type Fault<C extends Code = Code> = {
  readonly [K in C]: {
    readonly code: K
    readonly details: DetailsOf<K>
    /** A clause closer to the case than that of the code's row. */
    readonly reference?: string
  }
}[C]

/** A fault in its place. `certificate` is an index in the path, end-entity first, or null for the path as a whole. */
export type Finding<C extends Code = Code> = Fault<C> & {
  readonly certificate: number | null
  readonly severity: 'error' | 'warning'
}

export const fault = <C extends Code>(code: C, details: DetailsOf<C>, reference?: string): Fault<C> =>
  (reference === undefined ? { code, details } : { code, details, reference }) as Fault<C>

/** Puts a fault in its place in a path, as an error. */
export const errorAt = <C extends Code>(certificate: number | null, fault: Fault<C>): Finding<C> =>
  ({ ...fault, certificate, severity: 'error' }) as Finding<C>

/** Puts a fault in its place in a path, as a warning: it never changes the verdict. */
export const warningAt = <C extends Code>(certificate: number | null, fault: Fault<C>): Finding<C> =>
  ({ ...fault, certificate, severity: 'warning' }) as Finding<C>

export const error = <C extends Code>(
  code: C,
  certificate: number | null,
  details: DetailsOf<C>,
  reference?: string
): Finding<C> => errorAt(certificate, fault(code, details, reference))

export const warning = <C extends Code>(
  code: C,
  certificate: number | null,
  details: DetailsOf<C>,
  reference?: string
): Finding<C> => warningAt(certificate, fault(code, details, reference))
