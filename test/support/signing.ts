import { constants, type KeyObject, sign } from 'node:crypto'
import { readPublicKey } from '#dist/core/decode/key/public-key.js'
import type { AlgorithmIdentifier } from '#dist/core/model/certificate.js'
import type { Signed } from '#dist/core/model/path.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { explicit, integer, nullValue, oid, sequence } from './der-writer.ts'

export interface KeyPair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

export const spkiFrom = (key: KeyObject): Uint8Array => Uint8Array.from(key.export({ type: 'spki', format: 'der' }))

/** The key as the product reads it; throws where it refuses it. */
export const readKey = (spki: Uint8Array): PublicKey => {
  const read = readPublicKey(spki)
  if (!read.ok) throw new Error(`${read.fault.code}: ${read.fault.details.reason}`)
  return read.value
}

export const keyFrom = ({ publicKey }: KeyPair): PublicKey => readKey(spkiFrom(publicKey))

export const algorithm = (dotted: string, parameters?: Uint8Array): AlgorithmIdentifier => ({
  der: sequence(oid(dotted), ...(parameters === undefined ? [] : [parameters])),
  oid: dotted,
  parameters
})

const hashOids = {
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3'
} as const

export type PssHash = keyof typeof hashOids

/** RSASSA-PSS-params in DER, but for defaults, which are spelt out. */
export const pssParameters = (hash: PssHash, saltLength: number, mgfHash: PssHash = hash): Uint8Array =>
  sequence(
    explicit(0, sequence(oid(hashOids[hash]), nullValue)),
    explicit(1, sequence(oid('1.2.840.113549.1.1.8'), sequence(oid(hashOids[mgfHash]), nullValue))),
    explicit(2, integer(saltLength))
  )

export const pss = (hash: PssHash, saltLength: number, mgfHash: PssHash = hash): AlgorithmIdentifier =>
  algorithm('1.2.840.113549.1.1.10', pssParameters(hash, saltLength, mgfHash))

export const tbs = Uint8Array.from(Buffer.from('what is signed'))

/** `tbs` signed with node; `hash` is null where the algorithm has its own. */
export const signedBy = (
  { privateKey }: KeyPair,
  hash: string | null,
  signatureAlgorithm: AlgorithmIdentifier,
  options: { readonly padding?: number; readonly saltLength?: number } = {}
): Signed => ({ tbs, signatureAlgorithm, signature: Uint8Array.from(sign(hash, tbs, { key: privateKey, ...options })) })

export const pssSigned = (
  pair: KeyPair,
  hash: PssHash,
  saltLength: number,
  identifier = pss(hash, saltLength)
): Signed => signedBy(pair, hash, identifier, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })
