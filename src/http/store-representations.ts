import { printable } from '../core/model/printable.ts'
import type { StoredAnchor } from '../core/model/trust-store.ts'
import { entityTag } from './preconditions.ts'

/** The forms in which a trust store is given, the first where the client has no wish. */
export const storeTypes = ['application/json', 'application/pem-certificate-chain', 'application/x-pem-file'] as const

export type StoreType = (typeof storeTypes)[number]

/** What entity tags of the forms end with: each form is a representation of its own (RFC 9110 §8.8.3). */
const suffixes: Readonly<Record<StoreType, string>> = {
  'application/json': 'json',
  'application/pem-certificate-chain': 'pem',
  'application/x-pem-file': 'pem'
}

/** What stands in a tag, without quotation marks. */
export const tagOf = (tag: string, type: StoreType): string => `${tag}-${suffixes[type]}`

export const etagOf = (tag: string, type: StoreType = 'application/json'): string => entityTag(tagOf(tag, type))

/** The tags of all forms, any of which a precondition of a change may name: they stand for the same version. */
export const everyTagOf = (tag: string): readonly string[] => [...new Set(storeTypes.map((type) => tagOf(tag, type)))]

/** PEM of the certificates in their order, each below the name of its subject. */
export const pemOf = (anchors: readonly StoredAnchor[]): string =>
  anchors.map(({ certificate }) => `# ${commentOf(certificate.subject.text)}\n${blockOf(certificate.der)}`).join('')

/** A name is whatever somebody wrote in it: it must neither end the line nor look like the marker of a block. */
const commentOf = (subject: string): string => printable(subject).replaceAll(/-(?=-{4})/g, '\\2d')

const blockOf = (der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
