import { defaultLimits, type Limits } from '#dist/core/model/limits.js'
import type { Material, ValidationRequestOptions } from '#dist/core/model/request.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { validate } from '#dist/core/validate.js'
import type { Issued } from './authority.ts'

export interface Question extends ValidationRequestOptions {
  readonly chain: readonly Issued[] | Material
  readonly intermediates?: readonly Issued[]
  readonly caBundle?: readonly Issued[]
  readonly crls?: Material
}

/** Within the validity of what the tests issue. */
export const testTime = '2026-11-23T12:00:00Z'

const isIssued = (chain: Question['chain']): chain is readonly Issued[] =>
  Array.isArray(chain) && chain.every((each) => typeof each === 'object')

const pem = (certificates: readonly Issued[]): string => certificates.map((each) => each.pem).join('')

/** Asks the core, and fails where it gives no verdict. */
export const verdictOn = (
  { chain, intermediates, caBundle, ...options }: Question,
  limits: Partial<Limits> = {}
): Verdict => {
  const outcome = validate(
    {
      time: testTime,
      ...options,
      chain: isIssued(chain) ? pem(chain) : chain,
      ...(intermediates === undefined ? {} : { intermediates: pem(intermediates) }),
      caBundle: pem(caBundle ?? [])
    },
    [],
    { now: 0, securityLevel: 2, limits: { ...defaultLimits, ...limits }, maxCertificates: 2000 }
  )
  if (outcome.kind !== 'verdict') throw new Error(`no verdict: ${JSON.stringify(outcome)}`)
  return outcome.verdict
}

/** What a verdict's errors are, with their places: all that most tests are about. */
export const errorsOf = ({ errors }: Verdict): readonly (readonly [string, number | null])[] =>
  errors.map(({ code, certificate }) => [code, certificate])

export const warningsOf = ({ warnings }: Verdict): readonly (readonly [string, number | null])[] =>
  warnings.map(({ code, certificate }) => [code, certificate])
