import { generateKeyPairSync } from 'node:crypto'
import { smallCount } from '#dist/service/lanes/size.js'
import {
  alternativeNames,
  basicConstraints,
  certSignAndCrlSign,
  dnsName,
  type ExtensionSpec,
  extension,
  type Issued,
  issue,
  type KeyPair,
  keyPair,
  keyUsage,
  utf8
} from '../test/support/authority.ts'
import { explicit, oid, sequence, tlv } from '../test/support/der-writer.ts'
import type { Random } from './random.ts'

/** Requests that are small, and cost what they can: made from a few numbers, which a search changes one at a time. */

const curve = (namedCurve: string): KeyPair => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  return { privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) }
}

const most = smallCount
const kinds: readonly (() => KeyPair)[] = [
  () => keyPair('p256'),
  () => keyPair('p384'),
  () => keyPair('ed25519'),
  () => keyPair('rsa2048'),
  ...['P-521', 'secp256k1', 'brainpoolP512r1', 'sect571k1'].map((name) => () => curve(name))
]
const keys = kinds.map((make) => Array.from({ length: most + 1 }, make))

/** The most that each number may be. */
const genes = {
  cas: most - 1,
  roots: most,
  kind: kinds.length,
  oneName: 2,
  keyIdentifiers: 2,
  crossings: 1_000_000,
  expired: 2,
  names: 3_000,
  nameType: 4,
  constraints: 2_000,
  excluded: 2,
  policies: 2_000,
  mappings: 1_000,
  unknown: 4_000,
  critical: 2,
  attributes: 400,
  marks: 31,
  asked: 400,
  options: 64,
  everywhere: 2
} as const

type Gene = keyof typeof genes
export type Genome = Readonly<Record<Gene, number>>

const names = Object.keys(genes) as readonly Gene[]

/** Most numbers are zero or low at first: what is too large is no small request. */
export const newGenome = (random: Random): Genome =>
  Object.fromEntries(
    names.map((gene) => [gene, random.chance(2) ? 0 : random.below(1 + random.below(1 + random.below(genes[gene])))])
  ) as Genome

/** One or two numbers become others, or a little more or less. */
export const mutated = (genome: Genome, random: Random): Genome => {
  const gene = random.pick(names)
  const near = Math.round(genome[gene] * (0.5 + random.below(100) / 66))
  const value = random.chance(3) ? random.below(genes[gene]) : Math.min(near, genes[gene] - 1)
  const changed = { ...genome, [gene]: value }
  return random.chance(2) ? changed : mutated(changed, random)
}

const list = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n))
const policy = (n: number): Uint8Array => oid(`1.3.${n}`)

const nameOf = (type: number, n: number): Uint8Array => {
  if (type === 0) return dnsName(`a${n}.b`)
  if (type === 1) return tlv(0x81, Buffer.from(`a@a${n}.b`))
  return type === 2 ? tlv(0x86, Buffer.from(`http://a${n}.b`)) : explicit(4, subjectOf([`${n}`]))
}

const subjectOf = (texts: readonly string[]): Uint8Array =>
  sequence(Buffer.concat(texts.map((text) => tlv(0x31, sequence(oid('2.5.4.3'), utf8(text))))))

const extensionsOf = (genome: Genome): readonly ExtensionSpec[] => {
  const { names, nameType, constraints, excluded, policies, mappings, unknown, critical } = genome
  const bases = list(constraints, (n) => sequence(nameOf(nameType, n + 1)))
  return [
    ...(names > 0 ? [alternativeNames(list(names, (n) => nameOf(nameType, n)))] : []),
    ...(constraints > 0 ? [extension('2.5.29.30', sequence(explicit(excluded, Buffer.concat(bases))), true)] : []),
    ...(policies > 0
      ? [extension('2.5.29.32', sequence(Buffer.concat(list(policies, (n) => sequence(policy(n))))))]
      : []),
    ...(mappings > 0
      ? [
          extension(
            '2.5.29.33',
            sequence(Buffer.concat(list(mappings, (n) => sequence(policy(n % 40), policy(n % 37)))))
          )
        ]
      : []),
    ...list(unknown, (n) => extension(`1.2.${n}`, new Uint8Array(), critical === 1))
  ]
}

/** The request that the numbers stand for. */
export const requestOf = (genome: Genome): { readonly body: Uint8Array; readonly certificates: number } => {
  const {
    cas,
    roots,
    kind,
    oneName,
    keyIdentifiers,
    crossings,
    expired,
    attributes,
    marks,
    asked,
    options,
    everywhere
  } = genome
  const own = keys[kind] ?? []
  const texts = list(attributes, (n) => `${n}${'\u0300\u0316'.repeat(marks / 2)}`)
  const subject = (n: number): Uint8Array =>
    subjectOf([oneName === 1 ? 'CA' : `CA ${n % 3}`, ...(everywhere === 1 ? texts : [])])
  const extras = extensionsOf(genome)
  const authority = (n: number, issuer?: Issued): Issued =>
    issue({
      subject: subject(n),
      key: own[n % own.length] ?? 'p256',
      keyIdentifiers: keyIdentifiers === 1,
      notAfter: expired === 1 ? '250601000000' : '350101000000',
      extensions: [
        basicConstraints(true),
        keyUsage(certSignAndCrlSign),
        ...(n === 0 || everywhere === 1 ? extras : [])
      ],
      ...(issuer === undefined ? {} : { issuer })
    })
  const anchors = list(Math.max(1, Math.min(roots, most - 1 - cas)), (n) => authority(n))
  const made: Issued[] = [...anchors.slice(0, 1)]
  for (let n = 0; n < cas; n++) made.push(authority(n + 1, made[(crossings * (n + 7)) % made.length]))
  const last = made.at(-1)
  const leaf = issue({
    subject: subjectOf(['leaf', ...texts]),
    ...(last === undefined ? {} : { issuer: last }),
    key: own[most] ?? 'p256',
    keyIdentifiers: keyIdentifiers === 1,
    extensions: extras
  })
  const flag = (bit: number): boolean => (options & bit) !== 0
  const request = {
    chain: leaf.pem,
    intermediates: made.slice(1).map(({ der }) => Buffer.from(der).toString('base64')),
    caBundle: anchors.map(({ pem }) => pem).join(''),
    time: '2026-01-15T00:00:00Z',
    names: list(asked, (n) => ({ type: 'dns', value: `c.a${n}.b` })),
    ...(flag(1) ? { explain: 'all' } : {}),
    ...(flag(2) ? { certificateRules: 'strict' } : {}),
    ...(flag(4) ? { profile: 'webpki' } : {}),
    ...(flag(8) ? { securityLevel: 0 } : {}),
    ...(flag(16) ? { policies: { requireExplicit: true } } : {}),
    ...(flag(32) ? { revocation: { mode: 'require' } } : {})
  }
  return { body: Buffer.from(JSON.stringify(request)), certificates: 1 + made.length - 1 + anchors.length }
}

/** The numbers that are not zero, for people. */
export const describe = (genome: Genome): string =>
  names
    .filter((gene) => genome[gene] !== 0)
    .map((gene) => `${gene} ${genome[gene]}`)
    .join(', ')
