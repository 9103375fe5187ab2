import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { extension, issue } from '../../../support/authority.ts'
import { tlv } from '../../../support/der-writer.ts'

const nonsense = tlv(4, Uint8Array.of(1))

/** Four faults, of fields that are read at different times. */
const { der } = issue({
  subject: 'many faults',
  extensions: [
    extension('2.5.29.15', nonsense),
    extension('2.5.29.37', nonsense),
    extension('2.5.29.19', nonsense),
    extension('2.5.29.17', nonsense)
  ],
  alter: (fields) => fields.with(6, tlv(0x30, Uint8Array.of(5, 0)))
})

const read = (): Certificate => {
  const certificate = readCertificate(der)
  if (!certificate.ok) throw new Error(certificate.reason)
  return certificate.value
}

const codes = ({ faults }: Certificate): readonly unknown[] =>
  faults.map(({ code, details }) => ('extension' in details ? details.extension : code))

describe('the faults of a certificate', () => {
  const expected = ['public-key-malformed', 'basicConstraints', 'keyUsage', 'extKeyUsage', 'subjectAltName']

  it('come in one order, whatever was read first', () => {
    expect(codes(read())).toEqual(expected)
    const backwards = read()
    void [backwards.subjectAlternativeNames, backwards.extendedKeyUsage, backwards.keyUsage, backwards.publicKey]
    expect(codes(backwards)).toEqual(expected)
  })

  it('are told once, however often they are asked for', () => {
    const certificate = read()
    expect(certificate.faults).toBe(certificate.faults)
    expect(certificate.oddities).toBe(certificate.oddities)
    expect(certificate.faults.length).toBe(5)
  })
})
