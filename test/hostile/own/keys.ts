import {
  basicConstraints,
  certSignAndCrlSign,
  commonName,
  extension,
  keyUsage,
  pemOf,
  time
} from '../../support/authority.ts'
import {
  bitString,
  explicit,
  hexBytes,
  integer,
  nullValue,
  oid,
  sequence,
  spkiOf,
  tlv
} from '../../support/der-writer.ts'
import { json, type OwnCase, times } from './case.ts'

const number = (bits: number, last = 1): Uint8Array => {
  const octets = Buffer.alloc(bits / 8, 0xab)
  octets[octets.length - 1] = last
  return tlv(2, Uint8Array.of(0), octets)
}
const rsa = (modulus: Uint8Array, exponent: Uint8Array = integer(65_537)): Uint8Array =>
  spkiOf('1.2.840.113549.1.1.1', nullValue, sequence(modulus, exponent))

const prime = hexBytes('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff')

/** ECParameters that spell out a curve (X9.62), over any number: that of CVE-2022-0778 is not prime. */
const spelledOut = (modulus: Uint8Array, compressed: boolean): Uint8Array => {
  const point = Buffer.concat([Uint8Array.of(compressed ? 2 : 4), Buffer.alloc(compressed ? 32 : 64, 5)])
  const curve = sequence(tlv(4, hexBytes('03')), tlv(4, hexBytes('05')))
  const parameters = sequence(integer(1), sequence(oid('1.2.840.10045.1.1'), modulus), curve, tlv(4, point), integer(7))
  return spkiOf('1.2.840.10045.2.1', parameters, point)
}

const dsa = (bits: number): Uint8Array =>
  spkiOf('1.2.840.10040.4.1', sequence(number(bits), number(256), number(bits)), number(bits))

/** Keys, and the octets of a signature that could be theirs. */
const keys: Readonly<Record<string, readonly [() => Uint8Array, number]>> = {
  'an RSA key of 16k bits': [() => rsa(number(16_384)), 2_048],
  'an RSA key of 64k bits': [() => rsa(number(65_536)), 8_192],
  'an RSA key of 64k bits with an exponent of as many': [() => rsa(number(65_536), number(65_536)), 8_192],
  'an RSA key of 8,192 bits with an exponent of as many': [() => rsa(number(8_192), number(8_192)), 1_024],
  'an RSA key of 16 million bits': [() => rsa(number(16_000_000)), 2_000_000],
  'an RSA key of an even modulus': [() => rsa(number(8_192, 2)), 1_024],
  'an RSA key of modulus zero': [() => rsa(integer(0)), 1],
  'a DSA key of 64k bits': [() => dsa(65_536), 70],
  'a DSA key of 4 million bits': [() => dsa(4_000_000), 70],
  'a curve that is spelt out': [() => spelledOut(tlv(2, Uint8Array.of(0), prime), false), 70],
  'a curve that is spelt out, over no prime': [() => spelledOut(integer(2_021), true), 70],
  'a curve that is spelt out, over a number of 4 million bits': [() => spelledOut(number(4_000_000), true), 70]
}

const extensionsOf = (ca: boolean): Uint8Array =>
  sequence(
    ...(ca
      ? [basicConstraints(true), keyUsage(certSignAndCrlSign)]
      : [extension('2.5.29.14', tlv(4, hexBytes('01')))]
    ).map(({ oid: id, value }) => sequence(oid(id), tlv(4, value)))
  )

/** A certificate whose signature is of a length that its issuer's key asks for, and nothing else. */
const certificate = (subject: string, issuer: string, spki: Uint8Array, octets: number, serial = 5): Uint8Array => {
  const isSignedByRsa = octets !== 70
  const algorithm = sequence(oid(isSignedByRsa ? '1.2.840.113549.1.1.11' : '1.2.840.10045.4.3.2'))
  const pair = sequence(tlv(2, Buffer.alloc(32, 7)), tlv(2, Buffer.alloc(32, 7)))
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serial),
    algorithm,
    commonName(issuer),
    sequence(time('250101000000'), time('350101000000')),
    commonName(subject),
    spki,
    explicit(3, extensionsOf(subject.startsWith('CA')))
  )
  return sequence(tbs, algorithm, bitString(isSignedByRsa ? Buffer.alloc(octets, 1) : pair))
}

const text = (...certificates: readonly Uint8Array[]): string => certificates.map((der) => pemOf(der)).join('')

const single: readonly OwnCase[] = Object.entries(keys).flatMap(([id, [make, octets]]) => [
  {
    id,
    allowed: ['invalid', 'reject'],
    make: () => {
      const spki = make()
      const size = spki.length > 60_000 ? 0 : 100
      const intermediates = times(size, (n) => certificate('CA 1', 'CA 0', spki, octets, n + 1))
      return json({
        chain: text(certificate('leaf', 'CA 1', rsa(number(2_048)), octets)),
        ...(size === 0 ? {} : { intermediates: text(...intermediates) }),
        caBundle: text(certificate(size === 0 ? 'CA 1' : 'CA 0', 'CA 0', spki, octets))
      })
    }
  },
  {
    id: `${id}, inspected`,
    allowed: ['invalid', 'reject'],
    route: '/inspect',
    make: () => json({ time: undefined, chain: text(certificate('leaf', 'CA 1', make(), octets)) })
  }
])

/** Every key is different, and every signature has to be tried under every key. */
const manyLarge: OwnCase = {
  id: '900 RSA keys of 8,192 bits and one name, with the largest exponent',
  allowed: ['invalid'],
  make: () => {
    const keyOf = (n: number): Uint8Array => {
      const modulus = number(8_192)
      new DataView(modulus.buffer, modulus.byteOffset).setUint32(100, n)
      return rsa(modulus, integer(0x1_ffff_ffffn))
    }
    return json({
      chain: text(certificate('CA', 'CA', keyOf(2_000), 1_024, 2_000)),
      intermediates: text(...times(900, (n) => certificate('CA', 'CA', keyOf(n), 1_024, n + 1))),
      caBundle: text(certificate('CA', 'CA', keyOf(1_000), 1_024, 1_001)),
      securityLevel: 0
    })
  }
}

export const largeKeys: readonly OwnCase[] = [...single, manyLarge]
