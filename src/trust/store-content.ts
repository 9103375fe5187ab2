import { constrain } from '../core/constraints/apply.ts'
import { parseConstraints } from '../core/constraints/read.ts'
import { readCertificate } from '../core/decode/certificate/certificate.ts'
import { readCrl } from '../core/decode/crl/crl.ts'
import type { Decoded } from '../core/decode/der/der.ts'
import { trustStore } from '../core/decode/input/trust-store.ts'
import type { CrlCandidate } from '../core/model/crl.ts'
import type { TrustAnchor, TrustStore } from '../core/model/trust-store.ts'
import { gradually } from './gradually.ts'
import type { StoreContent } from './keeping.ts'

/**
 * Makes the store of what was kept, and lets others have their turn: there may be thousands of certificates. It was read when it was uploaded, so that something in it cannot be read means that
 * another version of the service has kept it: the reason says what.
 */
export const storeFrom = (...kept: Parameters<typeof readStore>): Promise<Decoded<TrustStore>> =>
  gradually(readStore(...kept))

function* readStore(
  name: string,
  version: string | null,
  content: StoreContent
): Generator<undefined, Decoded<TrustStore>> {
  const source = `trustStore:${name}`
  const anchors: TrustAnchor[] = []
  const crls: CrlCandidate[] = []
  for (const [at, der] of content.certificates.entries()) {
    const read = readCertificate(der)
    if (!read.ok) return { ok: false, reason: `its certificate ${at} cannot be read: ${read.reason}` }
    anchors.push({ certificate: read.value, source })
    yield
  }
  for (const [at, der] of content.crls.entries()) {
    const read = readCrl(der)
    if (!read.ok) return { ok: false, reason: `its CRL ${at} cannot be read: ${read.reason}` }
    crls.push({ crl: read.value, source })
    yield
  }
  const constrained = constrainedBy(content.constraints, anchors)
  if (!constrained.ok) return constrained
  return { ok: true, value: trustStore({ name, version, anchors: constrained.value, crls }) }
}

/** Where constraints cannot be used there is no store: without them its anchors would be trusted for more. */
const constrainedBy = (text: string | undefined, anchors: readonly TrustAnchor[]): Decoded<readonly TrustAnchor[]> => {
  if (text === undefined) return { ok: true, value: anchors }
  const read = parseConstraints(text)
  const { anchors: constrained, faults } = read.ok
    ? constrain(anchors, read.constraints)
    : { anchors, faults: read.faults }
  const [fault] = faults
  if (fault === undefined) return { ok: true, value: constrained }
  return { ok: false, reason: `its constraints cannot be used: ${fault.pointer} ${fault.detail}` }
}

/** Whether two contents are the same in every octet. */
export const sameContent = (one: StoreContent, other: StoreContent): boolean =>
  one.constraints === other.constraints &&
  sameOctets(one.certificates, other.certificates) &&
  sameOctets(one.crls, other.crls)

const sameOctets = (one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean =>
  one.length === other.length && one.every((octets, at) => Buffer.compare(octets, other[at] ?? new Uint8Array()) === 0)
