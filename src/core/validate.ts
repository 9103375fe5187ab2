import { trustStore } from './decode/input/trust-store.ts'
import { matchesPrivateKey } from './match/key/private-key.ts'
import { createVerifier } from './match/key/signature.ts'
import { statusBook } from './match/status/status-book.ts'
import { type Finding, warning } from './model/finding.ts'
import { Budget, type Limits } from './model/limits.ts'
import type { CheckContext } from './model/path.ts'
import type { PublicKey } from './model/public-key.ts'
import type {
  Outcome,
  Refusal,
  RefusalError,
  Validate,
  ValidationRequest,
  ValidationSettings
} from './model/request.ts'
import type { PrivateKeyReport } from './model/verdict.ts'
import { findPath } from './path/find.ts'
import { report } from './report.ts'
import { type MaterialField, type ReadField, readField } from './request/material.ts'
import { readOcspResponses } from './request/ocsp-responses.ts'
import { Complaints, readOptions } from './request/options.ts'

/**
 * Validates the first certificate of `request.chain`: whether a path leads from it to a trust anchor and every rule holds
 * along that path (RFC 5280 §6, RFC 4158). The `caBundle` of the request comes before `stores` in order of preference.
 *
 * Pure: it knows no clock, files or network beyond its arguments, and answers the same arguments with the same verdict.
 */
export const validate: Validate = (request, stores, settings): Outcome => {
  const complaints = new Complaints()
  const options = readOptions(request, settings, complaints)
  if (complaints.errors.length > 0) return refusal(400, complaints.errors)

  const material = readMaterial(request, settings)
  if ('kind' in material) return material
  const { chain, intermediates, caBundle, crls } = material
  const responses = readOcspResponses(request.ocspResponses ?? [], settings.limits)
  if (responses.kind === 'unreadable') return refusal(422, responses.errors)
  const [target, ...others] = chain.certificates
  if (target === undefined) throw new Error('a chain without certificates was not refused')

  const budget = new Budget(settings.limits, settings.onLimitReached)
  const own = { name: null, version: null, anchors: caBundle.certificates }
  const trust = request.caBundle === undefined ? stores : [trustStore(own), ...stores]
  const evidence = [...crls.crls, ...trust.flatMap((store) => store.crls)]
  const context: CheckContext = {
    options,
    budget,
    crls: evidence,
    statuses: statusBook(),
    verify: createVerifier(budget)
  }
  const privateKey =
    chain.privateKey && privateKeyReport(chain.privateKey, target.certificate.publicKey, settings.limits)
  const found = findPath(target, [...others, ...intermediates.certificates], trust, context)
  const warnings = [
    ...Object.values(material).flatMap((field) => field.warnings),
    ...responses.warnings,
    ...fetchingWarnings(request)
  ]
  return { kind: 'verdict', verdict: report(found, context, { stores: trust, warnings, privateKey }) }
}

type Fields = Readonly<Record<MaterialField, ReadField>>

const nothing: ReadField = { certificates: [], crls: [], warnings: [], privateKey: undefined, count: 0 }

/** Reads all fields with certificates and CRLs, together at most `most` objects. */
const readMaterial = (
  request: ValidationRequest,
  { maxCertificates: most, limits }: ValidationSettings
): Fields | Refusal => {
  const fields: Record<MaterialField, ReadField> = {
    chain: nothing,
    intermediates: nothing,
    caBundle: nothing,
    crls: nothing
  }
  const errors: RefusalError[] = []
  let left = most
  for (const field of ['chain', 'intermediates', 'caBundle', 'crls'] as const) {
    const material = request[field]
    if (material === undefined) continue
    const read = readField(field, material, left, limits.asn1Depth)
    if (!('kind' in read)) {
      fields[field] = read
      left -= read.count
    } else if (read.kind === 'too-many') {
      const detail = `The request holds more than ${most} certificates and other objects.`
      return refusal(413, [{ pointer: `/${field}`, code: 'too-many-certificates', detail }])
    } else {
      errors.push(...read.errors)
    }
  }
  return errors.length > 0 ? refusal(422, errors) : fields
}

const refusal = (status: Refusal['status'], errors: readonly RefusalError[]): Refusal => {
  const [first] = errors
  if (first === undefined) throw new Error('a refusal needs a reason')
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more faults)` : ''
  return { kind: 'refusal', status, code: first.code, detail: `${first.pointer}: ${first.detail}${more}`, errors }
}

const privateKeyReport = (
  { block, precedesCertificate }: NonNullable<ReadField['privateKey']>,
  publicKey: PublicKey | undefined,
  limits: Limits
): PrivateKeyReport => {
  const { encrypted } = block
  return { matches: matchesPrivateKey(block, publicKey, limits), precedesCertificate, encrypted }
}

/** Fetching is a permission, and nothing is fetched yet. */
const fetchingWarnings = (request: ValidationRequest): readonly Finding[] =>
  request.fetchIssuers === true || request.revocation?.fetch === true ? [warning('fetching-unavailable', null, {})] : []
