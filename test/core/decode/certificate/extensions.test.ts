import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import { type ExtensionSpec, extension, issue } from '../../../support/authority.ts'
import { crlOf } from '../../../support/crls.ts'

const many = (count: number): readonly ExtensionSpec[] =>
  Array.from({ length: count }, (_, n) => extension(`1.2.${n}`, new Uint8Array()))

const faultsOfCertificate = (count: number): readonly unknown[] => {
  const read = readCertificate(issue({ subject: 'x', keyIdentifiers: false, extensions: many(count) }).der)
  if (!read.ok) throw new Error(read.reason)
  return read.value.faults
}

const faultsOfCrl = (count: number): readonly unknown[] => {
  const read = readCrl(crlOf({ issuer: issue({ subject: 'x' }), extensions: many(count) }))
  if (!read.ok) throw new Error(read.reason)
  return read.value.faults
}

describe('a list of extensions (RFC 5280 §4.1, where it has no upper bound)', () => {
  const reason = expect.stringContaining('there are more than 10000 extensions')

  it('has 10,000 at most, in a certificate', () => {
    expect(faultsOfCertificate(10_000)).toEqual([])
    expect(faultsOfCertificate(10_001)).toMatchObject([{ code: 'certificate-malformed', details: { reason } }])
  })

  it('has 10,000 at most, in a CRL', () => {
    expect(JSON.stringify(faultsOfCrl(10_000))).not.toContain('more than')
    expect(faultsOfCrl(10_001)).toContainEqual(expect.objectContaining({ code: 'crl-invalid', details: { reason } }))
  })
})
