import { randomBytes, sign } from 'node:crypto'
import { time } from '../../test/support/authority.ts'
import { explicit, integer, nullValue, oid, sequence, tlv } from '../../test/support/der-writer.ts'
import { authority } from './authorities.ts'
import { cachedFile } from './cache.ts'

const reasonKeyCompromise = sequence(sequence(oid('2.5.29.21'), tlv(4, tlv(10, Uint8Array.of(1)))))

/** A CRL of `count` entries with serial numbers of 16 octets, every third entry with a reason, signed by the RSA root. */
export const crlFile = (count: number): string => cachedFile(`crl-${count}.der`, () => makeCrl(count))

const makeCrl = (count: number): Uint8Array => {
  const issuer = authority('rsa-root')
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nullValue)
  const number = sequence(oid('2.5.29.20'), tlv(4, integer(1)))
  const tbs = longSequence(
    integer(1),
    algorithm,
    issuer.name,
    time('260101000000'),
    time('350101000000'),
    // Spread as arguments, a million of them would be more than the stack holds.
    longSequence(Buffer.concat(entries(count))),
    explicit(0, sequence(number))
  )
  const signature = sign('sha256', tbs, issuer.key.privateKey)
  return longSequence(tbs, algorithm, tlv(3, Uint8Array.of(0), signature))
}

const entries = (count: number): readonly Uint8Array[] => {
  const revokedAt = time('260102030405')
  return Array.from({ length: count }, (_, at) => {
    const serial = randomBytes(16)
    serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f)
    return sequence(tlv(2, serial), revokedAt, ...(at % 3 === 0 ? [reasonKeyCompromise] : []))
  })
}

/** A SEQUENCE of any length: that of `der-writer` ends at 65,535 octets. */
const longSequence = (...contents: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(contents)
  if (body.length < 65_536) return sequence(body)
  const octets = Math.ceil(Math.log2(body.length + 1) / 8)
  const header = Buffer.alloc(2 + octets)
  header.writeUInt8(0x30)
  header.writeUInt8(0x80 | octets, 1)
  header.writeUIntBE(body.length, 2, octets)
  return Buffer.concat([header, body])
}
