import { trustStore } from '#dist/core/decode/input/trust-store.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { fault } from '#dist/core/model/finding.js'
import type { Limits } from '#dist/core/model/limits.js'
import type { Candidate, CheckContext } from '#dist/core/model/path.js'
import { type Found, findPath } from '#dist/core/path/find.js'
import { name } from './names.ts'
import { type PlainFields, type PlainOptions, plainCertificate, plainContext } from './plain-certificate.ts'

/** Certificates as plain data from which paths are built. A signature verifies under the key that is said to have made it. */

const signers = new WeakMap<Certificate, number>()
let made = 0

/** A CA's certificate. The key is a number; `by` is that of the issuer. */
export const plainIssued = (
  subject: string,
  issuer: string,
  keys: { readonly key: number; readonly by: number },
  fields: PlainFields = {}
): Certificate => {
  const spki = Uint8Array.of(keys.key)
  const der = Buffer.from(`certificate ${++made}`)
  const plain = plainCertificate({
    basicConstraints: { ca: true, pathLength: undefined },
    der,
    fingerprint: `${made}`,
    spki,
    publicKey: { type: 'ed25519', spki, bits: 256 },
    selfIssued: subject === issuer,
    ...fields
  })
  const certificate = { ...plain, subject: name(['CN', subject]), issuer: name(['CN', issuer]) }
  signers.set(certificate, keys.by)
  return certificate
}

/** What key identifiers a certificate has: its own, and its issuer's. */
export const identified = (own?: string, issuer?: string): PlainFields => ({
  subjectKeyIdentifier: own,
  authorityKeyIdentifier: { keyIdentifier: issuer, issuer: undefined, serialNumber: undefined }
})

const numbered = (source: string, certificates: readonly Certificate[]): readonly Candidate[] =>
  certificates.map((certificate, at) => ({ certificate, source: `${source}[${at}]` }))

/** Looks for a path from the first certificate of `chain`, with the sources `chain[n]`, to `anchors`, `caBundle[n]`. */
export const findPlain = (
  chain: readonly Certificate[],
  anchors: readonly Certificate[],
  options: PlainOptions = {},
  limits: Partial<Limits> = {}
): Found => {
  const plain = plainContext(options, limits)
  const context: CheckContext = {
    ...plain,
    verify: (signed, key) => {
      plain.budget.spend('signatureChecks')
      const by = signers.get(signed as Certificate)
      return by === key.spki[0] ? undefined : fault('signature-invalid', { algorithm: 'Ed25519' })
    }
  }
  const [target, ...others] = numbered('chain', chain)
  if (target === undefined) throw new Error('a chain has a target')
  return findPath(
    target,
    others,
    [trustStore({ name: null, version: null, anchors: numbered('caBundle', anchors) })],
    context
  )
}
