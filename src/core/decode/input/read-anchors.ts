import type { BundleItem } from '../../model/bundle.ts'
import type { CrlCandidate } from '../../model/crl.ts'
import type { TrustAnchor } from '../../model/trust-store.ts'
import { readCertificate } from '../certificate/certificate.ts'
import { readCrl } from '../crl/crl.ts'
import type { Decoded } from '../der/der.ts'
import { bundleItems } from './bundle.ts'
import { constraintsOf } from './trusted-certificate.ts'

/** What a file of CA certificates holds, in its order. */
export interface AnchorsRead {
  /** With constraints where the file has them as a TRUSTED CERTIFICATE. */
  readonly anchors: readonly TrustAnchor[]
  readonly crls: readonly CrlCandidate[]
  /** What is neither a certificate nor a CRL, or cannot be read; `line` is 1-based, of the block in PEM text. */
  readonly refused: readonly { readonly line: number | undefined; readonly reason: string }[]
}

/** Certificates of one file: far more than any CA file has. */
const mostItems = 100_000

/**
 * Reads a file of CA certificates and perhaps of CRLs: PEM with text around it, DER, or a CMS message. `source` says
 * where each of them is from, as `trustStore:NAME`.
 */
export const readAnchors = (octets: Uint8Array, source: string): AnchorsRead => {
  const steps = anchorSteps(octets, source)
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}

/** The same, a step for each object, so that others can have their turn while a large file is read. */
export function* anchorSteps(octets: Uint8Array, source: string): Generator<undefined, AnchorsRead> {
  const anchors: TrustAnchor[] = []
  const crls: CrlCandidate[] = []
  const refused: { readonly line: number | undefined; readonly reason: string }[] = []
  const items = bundleItems(octets, mostItems)
  let item = items.next()
  const nothing = item.done === true
  for (; item.done !== true; item = items.next()) {
    const { place } = item.value
    const read = readItem(item.value, source)
    if (!read.ok) refused.push({ line: place.line, reason: read.reason })
    else if ('crl' in read.value) crls.push(read.value)
    else anchors.push(read.value)
    yield undefined
  }
  if (item.value) {
    refused.push({ line: undefined, reason: `it has more than ${mostItems} objects; the rest was not read` })
  }
  if (nothing) refused.push({ line: undefined, reason: 'it holds nothing' })
  return { anchors, crls, refused }
}

const readItem = (item: BundleItem, source: string): Decoded<TrustAnchor | CrlCandidate> => {
  switch (item.type) {
    case 'certificate': {
      const read = readCertificate(item.der)
      if (!read.ok) return read
      const constraints = constraintsOf(item.trust)
      const anchor = { certificate: read.value, source }
      return { ok: true, value: constraints === undefined ? anchor : { ...anchor, constraints } }
    }
    case 'crl': {
      const read = readCrl(item.der)
      return read.ok ? { ok: true, value: { crl: read.value, source } } : read
    }
    case 'private-key':
      return { ok: false, reason: 'it is a private key, which does not belong there' }
    case 'aside':
      return readItem({ ...item.otherwise, place: item.place }, source)
    case 'ignored':
      return { ok: false, reason: `it is ${item.what}` }
    case 'fault':
      return { ok: false, reason: item.fault.reason }
  }
}
