import type { BundleItem } from '../../model/bundle.ts'
import type { Certificate } from '../../model/certificate.ts'
import { readCertificate } from '../certificate/certificate.ts'
import { readBundle } from './bundle.ts'

/** What a file of CA certificates holds. */
export interface AnchorsRead {
  readonly certificates: readonly Certificate[]
  /** What is not a certificate or cannot be read; `line` is 1-based, of the block in PEM text. */
  readonly refused: readonly { readonly line: number | undefined; readonly reason: string }[]
}

/** Certificates of one file: far more than any CA file has. */
const mostItems = 100_000

/** Reads a file of CA certificates: PEM with text around it, DER, or a certs-only CMS message. */
export const readAnchors = (octets: Uint8Array): AnchorsRead => {
  const certificates: Certificate[] = []
  const refused: { readonly line: number | undefined; readonly reason: string }[] = []
  const { items, truncated } = readBundle(octets, mostItems)
  for (const item of items) {
    const read =
      item.type === 'certificate' ? readCertificate(item.der) : { ok: false as const, reason: reasonOf(item) }
    if (read.ok) certificates.push(read.value)
    else refused.push({ line: item.place.line, reason: read.reason })
  }
  if (truncated)
    refused.push({ line: undefined, reason: `it has more than ${mostItems} objects; the rest was not read` })
  if (items.length === 0) refused.push({ line: undefined, reason: 'it holds nothing' })
  return { certificates, refused }
}

const reasonOf = (item: BundleItem): string => {
  switch (item.type) {
    case 'fault':
      return item.fault.reason
    case 'ignored':
      return `it is ${item.what}`
    case 'crl':
      return 'it is a CRL'
    case 'private-key':
      return 'it is a private key, which does not belong there'
    case 'certificate':
      return 'it is a certificate'
  }
}
