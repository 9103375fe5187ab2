import { validate } from '#dist/index.js'
import {
  alternativeNames,
  basicConstraints,
  type CertificateSpec,
  type ExtensionSpec,
  extendedKeyUsage,
  extension,
  type Issued,
  issue,
  keyPair,
  keyUsage,
  pemOf,
  root
} from '../test/support/authority.ts'
import { bitString, explicit, integer, oid, sequence, tlv } from '../test/support/der-writer.ts'
import { type DerNode, parseDer, writeDer } from './der-tree.ts'
import { explanationOf } from './explained.ts'
import { mutateDer } from './mutate-der.ts'
import { askOpenssl, type Chain, type Opinion, unread } from './openssl.ts'
import type { Random } from './random.ts'

/** A chain on which the two do not agree. */
export interface Disagreement {
  readonly anchor: Uint8Array
  readonly chain: Chain
  readonly ours: readonly string[]
  readonly openssl: Opinion
  /** Why it is as it must be; undefined where nobody knows yet. */
  readonly explanation: string | undefined
}

/** 2026-06-01T00:00:00Z */
const time = 1_780_272_000

/** Makes chains by chance, right and wrong, signed as they must be, and holds our verdict on each against OpenSSL's. */
export class Differential {
  readonly #anchor: Issued = root('Fuzz Root')
  readonly #keys = Array.from({ length: 8 }, () => keyPair())
  readonly #random: Random
  #count = 0
  #bothValid = 0

  constructor(random: Random) {
    this.#random = random
  }

  /** Of how many chains both have said that they are valid. */
  get bothValid(): number {
    return this.#bothValid
  }

  /** Tries `size` chains and gives those of which the two think differently. */
  compare(size: number): readonly Disagreement[] {
    const chains = Array.from({ length: size }, () => this.#chain())
    const opinions = askOpenssl(this.#anchor.der, chains, time)
    return chains.flatMap((chain, at) => {
      const openssl = opinions[at] ?? unread
      const ours = askUs(this.#anchor.der, chain)
      if (ours.length + openssl.length === 0) this.#bothValid++
      return disagreement(this.#anchor.der, chain, ours, openssl) ?? []
    })
  }

  #chain(): Chain {
    const random = this.#random
    const number = this.#count++
    const issuing = this.#issue({
      subject: `Fuzz CA ${number}`,
      issuer: this.#anchor,
      key: random.pick(this.#keys),
      extensions: random.chance(3)
        ? this.#extensions(true)
        : [basicConstraints(true, random.pick([undefined, 0, 1])), keyUsage('01 06')]
    })
    const leaf = this.#issue({
      subject: `leaf${number}.example.test`,
      issuer: issuing,
      key: random.pick(this.#keys),
      extensions: this.#extensions(random.chance(6))
    })
    return { leaf: leaf.der, issuing: issuing.der }
  }

  /** One in two has its to-be-signed part mutated, and is signed as it is then. */
  #issue(spec: CertificateSpec): Issued {
    const random = this.#random
    const dates = random.chance(8)
      ? {
          notBefore: random.pick(['260601000000', '260601000001', '250101000000']),
          notAfter: random.pick(['260531235959', '260601000001', '20991231235959'])
        }
      : {}
    if (random.chance(2)) return issue({ ...spec, ...dates })
    return issue({
      ...spec,
      ...dates,
      alter: (fields) => {
        const whole = sequence(...fields)
        const [tree] = parseDer(mutateDer(whole, this.#anchor.der, random)) ?? []
        return tree === undefined || tree.content instanceof Uint8Array ? fields : elementsOf(tree.content)
      }
    })
  }

  #extensions(ca: boolean): readonly ExtensionSpec[] {
    const random = this.#random
    const all: readonly (() => ExtensionSpec)[] = [
      () => basicConstraints(ca, random.pick([undefined, 0, 3]), !random.chance(4)),
      () => keyUsage(random.pick(['01 06', '07 80', '05 a0', '02 04', '03 08', '00']), !random.chance(4)),
      () => extendedKeyUsage(random.pick(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '2.5.29.37.0', '1.2.3.4'])),
      () =>
        alternativeNames(
          [
            random.pick([
              'www.example.test',
              '*.example.test',
              'example.org',
              tlv(0x81, Buffer.from('a@example.test')),
              tlv(0x87, Uint8Array.of(10, 0, 0, 1))
            ])
          ],
          random.chance(4)
        ),
      () =>
        extension(
          '2.5.29.30',
          sequence(
            explicit(
              random.below(2),
              sequence(
                random.pick([
                  tlv(0x82, Buffer.from('example.test')),
                  tlv(0x82, Buffer.from('org')),
                  tlv(0x81, Buffer.from('example.test')),
                  tlv(0x87, Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0))
                ])
              )
            )
          ),
          !random.chance(4)
        ),
      () =>
        extension(
          '2.5.29.32',
          sequence(sequence(oid(random.pick(['2.5.29.32.0', '1.2.3.4', '1.2.3.5'])))),
          random.chance(4)
        ),
      () => extension('2.5.29.36', sequence(tlv(0x80, Uint8Array.of(random.below(3)))), true),
      () => extension('2.5.29.54', integer(random.below(2)), true),
      () => extension(random.pick(['1.2.3.4.5', '2.5.29.99']), bitString(random.octets(3)), random.chance(3))
    ]
    return all.filter(() => random.chance(2)).map((make) => make())
  }
}

const elementsOf = (nodes: readonly DerNode[]): Uint8Array[] => nodes.map((node) => writeDer([node]))

const askUs = (anchor: Uint8Array, { leaf, issuing }: Chain): readonly string[] => {
  const outcome = validate({
    chain: [leaf, issuing].map((der) => Buffer.from(der).toString('base64')),
    caBundle: Buffer.from(anchor).toString('base64'),
    time: new Date(time * 1_000).toISOString()
  })
  return outcome.kind === 'refusal' ? [outcome.code] : outcome.verdict.errors.map(({ code }) => code)
}

const disagreement = (
  anchor: Uint8Array,
  chain: Chain,
  ours: readonly string[],
  openssl: Opinion
): Disagreement | undefined =>
  (ours.length === 0) === (openssl.length === 0)
    ? undefined
    : { anchor, chain, ours, openssl, explanation: explanationOf(chain, ours, openssl) }

/** A disagreement as a file that a person can look into. */
export const describeDisagreement = ({ anchor, chain, ours, openssl }: Disagreement): string =>
  [
    `vidimus: ${ours.length === 0 ? 'valid' : ours.join(', ')}`,
    `OpenSSL: ${openssl.length === 0 ? 'valid' : openssl.join(', ')}`,
    [chain.leaf, chain.issuing, anchor].map((der) => pemOf(der)).join('')
  ].join('\n')

/** What became of a disagreement that was written to a file; undefined where the two now agree. */
export const askAgain = (text: string): Disagreement | undefined => {
  const [leaf, issuing, anchor] = [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END/g)].map(
    ([, base64 = '']) => Buffer.from(base64, 'base64')
  )
  if (leaf === undefined || issuing === undefined || anchor === undefined)
    throw new Error('a file holds three certificates')
  const chain: Chain = { leaf, issuing }
  const [openssl = unread] = askOpenssl(anchor, [chain], time)
  return disagreement(anchor, chain, askUs(anchor, chain), openssl)
}
