import { crlUrls, issuerUrls, responderUrls } from '../match/status/locations.ts'
import type { Code } from '../model/codes.ts'
import type { Want } from '../model/wanted.ts'
import type { Found } from './find.ts'
import { isOpen, type JudgedPath } from './judge.ts'

/** What a request allows to be fetched. */
export interface Permissions {
  readonly issuers: boolean
  readonly statuses: boolean
}

const statusCodes: ReadonlySet<Code> = new Set<Code>([
  'revocation-unknown',
  'revocation-stale',
  'revocation-unreachable'
])

/** Certificates that something is wanted of: more than a real path has. */
const mostWants = 32

/**
 * What would help, best candidate first.
 *
 * Statuses are wanted on paths that lead to a trust anchor and on which nothing else is amiss; issuers only where no
 * candidate leads to an anchor. All else would be fetched for an outcome that it cannot change.
 */
export const whatWouldHelp = (found: Found, allowed: Permissions): readonly Want[] => {
  const candidates = found.outcome === 'valid' ? [found.best] : found.attempts
  const wants = new Map<string, Want>()
  const add = (want: Want): void => {
    const key = `${want.kind} ${want.certificate.fingerprint}`
    if (!wants.has(key)) wants.set(key, want)
  }
  if (allowed.statuses) for (const judged of candidates) for (const want of statusesOn(judged)) add(want)
  if (allowed.issuers && !candidates.some(({ path }) => path.anchored)) {
    for (const judged of candidates) for (const want of issuersOf(judged)) add(want)
  }
  return [...wants.values()].slice(0, mostWants)
}

function* statusesOn(judged: JudgedPath): Iterable<Want> {
  const { path, errors, warnings } = judged
  if (!path.anchored || !(errors.length === 0 || isOpen(judged))) return
  for (const { code, certificate: at } of [...errors, ...warnings]) {
    if (!statusCodes.has(code) || at === null) continue
    const certificate = path.entries[at]?.certificate
    const issuer = path.entries[at + 1]?.certificate
    if (certificate === undefined || issuer === undefined) continue
    yield {
      kind: 'status',
      certificate,
      issuer,
      responders: responderUrls(certificate),
      crls: crlUrls(certificate)
    }
  }
}

function* issuersOf({ path, errors }: JudgedPath): Iterable<Want> {
  const last = path.entries.at(-1)?.certificate
  if (last === undefined || !errors.some(({ code }) => code === 'issuer-not-found')) return
  yield { kind: 'issuer', certificate: last, urls: issuerUrls(last) }
}
