import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import {
  basicConstraints,
  type CertificateSpec,
  certSignAndCrlSign,
  dnsName,
  extension,
  type Issued,
  issue,
  type KeyPair,
  keyPair,
  keyUsage,
  pemOf
} from '../../test/support/authority.ts'
import { explicit, sequence } from '../../test/support/der-writer.ts'
import { isCached, readCached, writeCached } from './cache.ts'

export type KeyKind = 'rsa4096' | 'rsa2048' | 'p384' | 'p256' | 'ed25519'

/** A CA of the benchmark: who issued it, what key it has, and what it may do. */
interface AuthoritySpec {
  readonly key: KeyKind
  readonly issuer?: string
  readonly extensions?: CertificateSpec['extensions']
}

/** A CA beyond `deep-0`, whose own issuer is the root: each issues the next, for chains of up to ten certificates. */
const deepest = 8

const deep = (family: string, key: KeyKind): readonly (readonly [string, AuthoritySpec])[] =>
  Array.from({ length: deepest }, (_, at) => [
    `${family}-deep-${at + 1}`,
    { key, issuer: at === 0 ? `${family}-root` : `${family}-deep-${at}` }
  ])

const certSign = keyUsage(certSignAndCrlSign)
/** RFC 5280 §4.2.1.10: permits names below elsewhere.test, which no leaf has. */
const elsewhereOnly = extension('2.5.29.30', sequence(explicit(0, sequence(dnsName('elsewhere.test')))), true)

const specs: ReadonlyMap<string, AuthoritySpec> = new Map<string, AuthoritySpec>([
  ['rsa-root', { key: 'rsa4096' }],
  ['rsa-ca', { key: 'rsa2048', issuer: 'rsa-root' }],
  ['ec-root', { key: 'p384' }],
  ['ec-ca', { key: 'p384', issuer: 'ec-root' }],
  ['ed25519-root', { key: 'ed25519' }],
  ['ed25519-ca', { key: 'ed25519', issuer: 'ed25519-root' }],
  ...deep('rsa', 'rsa2048'),
  ...deep('ec', 'p384'),
  ['strange-root', { key: 'rsa4096' }],
  ['strange-ca', { key: 'rsa2048', issuer: 'strange-root' }],
  ['not-a-ca', { key: 'rsa2048', issuer: 'rsa-root', extensions: [basicConstraints(false)] }],
  [
    'elsewhere-ca',
    { key: 'rsa2048', issuer: 'rsa-root', extensions: [basicConstraints(true), certSign, elsewhereOnly] }
  ],
  ['short-ca', { key: 'rsa2048', issuer: 'rsa-root', extensions: [basicConstraints(true, 0), certSign] }],
  ['below-short-ca', { key: 'rsa2048', issuer: 'short-ca' }]
])

const made = new Map<string, Issued>()

/** A CA by its name, made the first time that it is asked for, and the same one in every later run. */
export const authority = (name: string): Issued => {
  const known = made.get(name) ?? (isCached(fileOf(name)) ? load(name) : make(name))
  made.set(name, known)
  return known
}

/** The CAs between a leaf's issuer, which comes first, and the root, which is left out: what a server sends beside its leaf. */
export const sentAbove = (name: string): readonly string[] => {
  const issuer = specs.get(name)?.issuer
  return issuer === undefined ? [] : [name, ...sentAbove(issuer)]
}

export const newKey = (kind: KeyKind): KeyPair => {
  if (kind !== 'rsa4096') return keyPair(kind)
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 })
  return { privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) }
}

const fileOf = (name: string): string => `authorities/${name}.json`

const make = (name: string): Issued => {
  const spec = specs.get(name)
  if (spec === undefined) throw new Error(`There is no authority ${name}`)
  const issuer = spec.issuer === undefined ? {} : { issuer: authority(spec.issuer) }
  const extensions = spec.extensions ?? [basicConstraints(true), certSign]
  const issued = issue({ subject: `Bench ${name}`, key: newKey(spec.key), extensions, ...issuer })
  const privateKey = issued.key.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const kept = { der: base64(issued.der), name: base64(issued.name), privateKey }
  writeCached(fileOf(name), JSON.stringify(kept))
  return issued
}

const load = (name: string): Issued => {
  const kept: Readonly<Record<'der' | 'name' | 'privateKey', string>> = JSON.parse(readCached(fileOf(name)).toString())
  const der = Buffer.from(kept.der, 'base64')
  const privateKey = createPrivateKey(kept.privateKey)
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { der, pem: pemOf(der), name: Buffer.from(kept.name, 'base64'), key: { privateKey, spki } }
}

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
