import { extension, type Issued, issue, keyUsage, root, server } from '../../support/authority.ts'
import { crlOf, distributionPoints, fullName, uri } from '../../support/crls.ts'
import { hexBytes, integer, oid, sequence, tlv } from '../../support/der-writer.ts'
import { noCheck, ocspResponseOf } from '../../support/ocsp.ts'
import { base64, form, joined, json, type OwnCase, pem, times } from './case.ts'

const ca = root('Test CA')
const leaf = server(ca, 'www.example.test', { serialNumber: 5n })

const revokedAt = hexBytes('17 0d 32 35 30 36 30 31 30 30 30 30 30 30 5a')
const entry = (serial: Uint8Array): Uint8Array => sequence(serial, revokedAt)

const revokedCertificates =
  (entries: readonly Uint8Array[]): ((fields: Uint8Array[]) => Uint8Array[]) =>
  (fields) => [...fields.slice(0, 5), sequence(Buffer.concat(entries)), ...fields.slice(5)]

const crlWith = (entries: readonly Uint8Array[]): Uint8Array =>
  crlOf({ issuer: ca, alter: revokedCertificates(entries) })

const inForm =
  (crl: () => Uint8Array): OwnCase['make'] =>
  () =>
    form({ chain: leaf.pem, caBundle: ca.pem, crls: crl(), options: JSON.stringify({ time: '2026-01-15T00:00:00Z' }) })
const inJson =
  (crl: () => Uint8Array): OwnCase['make'] =>
  () =>
    json({ chain: leaf.pem, caBundle: ca.pem, crls: [base64(crl())] })

const reason = sequence(sequence(oid('2.5.29.21'), tlv(4, hexBytes('0a 01 01'))))
const tiny = hexBytes('30 05 06 01 2a 04 00')

export const crls: readonly OwnCase[] = [
  {
    id: 'a CRL of 200,000 entries',
    allowed: ['valid'],
    make: inJson(() => crlWith(times(200_000, (n) => entry(integer(1_000 + n)))))
  },
  {
    id: 'a CRL of 300,000 entries, in a form',
    allowed: ['valid'],
    make: inForm(() => crlWith(times(300_000, (n) => entry(integer(1_000 + n)))))
  },
  {
    id: 'a CRL of 200,000 entries with a reason each',
    allowed: ['valid'],
    make: inForm(() => crlWith(times(200_000, (n) => sequence(integer(1_000 + n), revokedAt, reason))))
  },
  {
    id: 'a CRL of 300,000 entries of one serial number',
    allowed: ['valid'],
    make: inForm(() => crlWith(times(300_000, () => entry(integer(6)))))
  },
  {
    id: 'a CRL of 200,000 entries of the serial number in question',
    allowed: ['invalid'],
    make: inForm(() => crlWith(times(200_000, () => entry(integer(5)))))
  },
  {
    id: 'a CRL of a million tiny extensions',
    allowed: ['valid', 'invalid'],
    make: inForm(() =>
      crlOf({
        issuer: ca,
        alter: (fields) => [...fields.slice(0, 5), tlv(0xa0, sequence(joined(1_000_000, () => tiny)))]
      })
    )
  },
  {
    id: 'a CRL entry of a million tiny extensions',
    allowed: ['valid', 'invalid'],
    make: inForm(() => crlWith([sequence(integer(6), revokedAt, sequence(joined(1_000_000, () => tiny)))]))
  },
  {
    id: 'a CRL of 60,000 entries with 10 extensions each',
    allowed: ['valid', 'invalid'],
    make: inForm(() =>
      crlWith(times(60_000, (n) => sequence(integer(n + 9), revokedAt, sequence(joined(10, () => tiny)))))
    )
  },
  {
    id: 'a CRL with a serial number of 6 MB',
    allowed: ['valid', 'invalid'],
    make: inForm(() => crlWith([entry(tlv(2, Buffer.alloc(6_000_000, 0x7f)))]))
  },
  {
    id: 'a CRL of 300,000 entries of which the last is cut short',
    allowed: ['valid', 'invalid', 'reject'],
    make: inForm(() => crlWith([...times(300_000, (n) => entry(integer(n + 9))), hexBytes('30 03 02 01 05')]))
  },
  {
    id: '1,900 CRLs',
    allowed: ['valid', 'invalid'],
    make: () =>
      json({ chain: leaf.pem, caBundle: ca.pem, crls: times(1_900, (n) => base64(crlWith([entry(integer(n + 9))]))) })
  },
  {
    id: '40,000 distribution points against 800 CRLs',
    allowed: ['valid', 'invalid'],
    make: () =>
      json({
        chain: server(ca, 'www.example.test', {
          extensions: [distributionPoints(...times(40_000, (n) => [fullName(uri(`http://a.test/${n}`))]))]
        }).pem,
        caBundle: ca.pem,
        crls: times(800, (n) =>
          base64(
            crlOf({
              issuer: ca,
              extensions: [extension('2.5.29.28', sequence(fullName(uri(`http://b.test/${n}`))), true)]
            })
          )
        )
      })
  }
]

const delegate = (n: number): Issued =>
  issue({
    subject: `Responder ${n}`,
    issuer: ca,
    key: ca.key,
    extensions: [keyUsage('07 80'), extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.9'))), noCheck]
  })

const asked =
  (responses: () => readonly Uint8Array[]): OwnCase['make'] =>
  () =>
    json({ chain: leaf.pem, caBundle: ca.pem, ocspResponses: responses().map(base64) })

export const ocsp: readonly OwnCase[] = [
  {
    id: 'an OCSP response of 60,000 single responses',
    allowed: ['valid', 'invalid'],
    make: asked(() => [
      ocspResponseOf({ issuer: ca, singles: times(60_000, (n) => ({ serialNumber: BigInt(n + 1) })) })
    ])
  },
  {
    id: 'an OCSP response of 10,000 about the certificate',
    allowed: ['valid', 'invalid'],
    make: asked(() => [ocspResponseOf({ issuer: ca, singles: times(10_000, () => ({ serialNumber: 5n })) })])
  },
  {
    id: 'an OCSP response of 9,000 about others',
    allowed: ['valid', 'invalid'],
    make: asked(() => [ocspResponseOf({ issuer: ca, singles: times(9_000, (n) => ({ serialNumber: BigInt(n + 9) })) })])
  },
  {
    id: 'an OCSP response with 5,000 certificates',
    allowed: ['valid', 'invalid', 'limit'],
    make: asked(() => [
      ocspResponseOf({
        issuer: ca,
        signer: delegate(0),
        singles: [{ serialNumber: 5n }],
        certificates: times(5_000, delegate)
      })
    ])
  },
  {
    id: '1,900 OCSP responses, each of another responder',
    allowed: ['valid', 'invalid'],
    make: asked(() =>
      times(1_900, (n) =>
        ocspResponseOf({
          issuer: ca,
          signer: delegate(n),
          singles: [{ serialNumber: 5n }],
          certificates: [delegate(n)]
        })
      )
    )
  },
  {
    id: '1,000 OCSP responders of one name',
    allowed: ['valid', 'invalid', 'limit'],
    make: () => {
      const responders = times(1_000, (n) =>
        issue({
          subject: 'Responder',
          issuer: ca,
          serialNumber: BigInt(n + 100),
          extensions: [extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.9')))]
        })
      )
      const [signer = ca] = responders
      return json({
        chain: leaf.pem,
        intermediates: pem(responders),
        caBundle: ca.pem,
        ocspResponses: times(200, (n) =>
          base64(
            ocspResponseOf({
              issuer: ca,
              signer,
              key: ca.key,
              producedAt: '20260101000000',
              singles: [{ serialNumber: BigInt(5), thisUpdate: `202601010000${String(n % 60).padStart(2, '0')}` }]
            })
          )
        )
      })
    }
  }
]
