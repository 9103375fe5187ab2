import { describe, expect, it } from 'vitest'
import { webpkiExtensions } from '#dist/core/checks/webpki-extensions.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { extensionOids as oids } from '#dist/core/model/oids.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import { findingsOf } from '../../support/findings.ts'
import { name } from '../../support/names.ts'
import {
  anchoredPath,
  bareAnchor,
  openPath,
  type PlainFields,
  plainCa,
  plainCertificate,
  plainContext,
  withExtensions
} from '../../support/plain-certificate.ts'

type Marks = Parameters<typeof withExtensions>[1]

const webpki = plainContext({ profile: 'webpki' })
const run = (path: CandidatePath, context: CheckContext = webpki) => findingsOf(webpkiExtensions, path, context)
const usual: Marks = [
  [oids.extKeyUsage, false],
  [oids.subjectAltName, false]
]
const server = (marks: Marks = usual, fields: PlainFields = {}): Certificate =>
  withExtensions(plainCertificate(fields), marks)
const anchor = plainCa(undefined, { selfIssued: true })
const errorAt = (certificate: number, code: string, details: object, reference: string) => [
  { code, certificate, severity: 'error', details, reference }
]

describe('versions under webpki (BR 7.1.1)', () => {
  it.each([1, 2, 4])('%i is refused wherever it stands', (version) => {
    const old = errorAt(
      1,
      'version-unsupported',
      { version, reason: 'certificates have to be of version 3' },
      'BR 7.1.1'
    )
    expect(run(anchoredPath(server(), plainCa(undefined, { version }), anchor))).toEqual(old)
    expect(run(anchoredPath(server(), plainCa(undefined, { version })))).toEqual(old)
    expect(run(anchoredPath(server(), plainCa(undefined, { version })), plainContext())).toEqual([])
  })

  it('that cannot be are left to the check of form', () => {
    expect(run(anchoredPath(server(usual, { version: 0 }), anchor))).toEqual([])
  })

  it('are no matter in an anchor whose contents do not count', () => {
    const bare = plainContext({ profile: 'webpki', anchorRules: bareAnchor })
    expect(run(anchoredPath(server(), plainCa(undefined, { version: 1 })), bare)).toEqual([])
  })
})

describe('the extensions of server certificates (BR 7.1.2.7)', () => {
  it('are an extended key usage and alternative names that are not critical', () => {
    expect(run(anchoredPath(server(), anchor))).toEqual([])
    expect(run(anchoredPath(server()))).toEqual([])
  })

  it('have the purpose stated (BR 7.1.2.7.6)', () => {
    expect(run(anchoredPath(server([[oids.subjectAltName, false]]), anchor))).toEqual(
      errorAt(
        0,
        'extension-missing',
        { extension: 'extKeyUsage', reason: 'server certificates have to state their purpose' },
        'BR 7.1.2.7.6'
      )
    )
    const critical: Marks = [
      [oids.extKeyUsage, true],
      [oids.subjectAltName, false]
    ]
    expect(run(anchoredPath(server(critical), anchor))).toEqual(
      errorAt(0, 'extension-criticality-wrong', { extension: 'extKeyUsage', expected: 'not critical' }, 'BR 7.1.2.7.6')
    )
  })

  it('have no anyExtendedKeyUsage (BR 7.1.2.7.10)', () => {
    const any = server(usual, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'] })
    expect(run(anchoredPath(any, anchor))).toEqual(
      errorAt(
        0,
        'extension-not-allowed',
        {
          extension: 'extKeyUsage',
          reason: 'anyExtendedKeyUsage must not be among the purposes of a server certificate'
        },
        'BR 7.1.2.7.10'
      )
    )
    expect(run(anchoredPath(server(usual, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }), anchor))).toEqual([])
  })

  it('have the names, critical only where there is no subject (BR 7.1.2.7.12)', () => {
    expect(run(anchoredPath(server([[oids.extKeyUsage, false]]), anchor))).toEqual(
      errorAt(
        0,
        'subject-alternative-name-missing',
        { reason: 'server certificates have their names there' },
        'BR 7.1.2.7.12'
      )
    )
    const critical = server([
      [oids.extKeyUsage, false],
      [oids.subjectAltName, true]
    ])
    expect(run(anchoredPath(critical, anchor))).toEqual(
      errorAt(
        0,
        'extension-criticality-wrong',
        { extension: 'subjectAltName', expected: 'not critical' },
        'BR 7.1.2.7.12'
      )
    )
    expect(run(anchoredPath({ ...critical, subject: name() }, anchor))).toEqual([])
  })

  it('are not asked of the certificates above', () => {
    expect(run(anchoredPath(server(), server([]), anchor))).toEqual([])
  })
})

describe('the extensions of roots (BR 7.1.2.1)', () => {
  const identified = (
    keyIdentifier: string | undefined,
    more: Partial<NonNullable<Certificate['authorityKeyIdentifier']>> = {}
  ): PlainFields => ({
    selfIssued: true,
    subjectKeyIdentifier: '0102',
    authorityKeyIdentifier: { keyIdentifier, issuer: undefined, serialNumber: undefined, ...more }
  })
  const under = (fields: PlainFields): CandidatePath => anchoredPath(server(), plainCa(undefined, fields))
  const invalid = (reason: string) => errorAt(1, 'authority-key-identifier-invalid', { reason }, 'BR 7.1.2.1.3')

  it('have no extended key usage (BR 7.1.2.1.2)', () => {
    const withPurpose = withExtensions(anchor, [[oids.extKeyUsage, false]])
    expect(run(anchoredPath(server(), withPurpose))).toEqual(
      errorAt(
        1,
        'extension-not-allowed',
        { extension: 'extKeyUsage', reason: 'a root has no extended key usage' },
        'BR 7.1.2.1.2'
      )
    )
    expect(run(anchoredPath(server(), withPurpose, anchor))).toEqual([])
    expect(run(openPath(server(), withPurpose))).toEqual([])
    expect(run(anchoredPath(server(), { ...withPurpose, selfIssued: false }))).toEqual([])
  })

  it('have an authority key identifier that is their own key identifier alone (BR 7.1.2.1.3)', () => {
    expect(run(under(identified('0102')))).toEqual([])
    expect(run(under(identified('0103')))).toEqual(invalid('in a root it is the subject key identifier'))
    expect(run(under(identified(undefined)))).toEqual(invalid('in a root it is the subject key identifier'))
    for (const more of [{ issuer: [] }, { serialNumber: '01' }, { issuer: [], serialNumber: '01' }]) {
      expect(run(under(identified('0102', more)))).toEqual(invalid('in a root it holds the key identifier alone'))
    }
    expect(run(under({ selfIssued: true, subjectKeyIdentifier: '0102' }))).toEqual([])
  })

  it('may be whatever they are where the anchor is not self-issued, or its contents do not count', () => {
    expect(run(under({ ...identified('0103'), selfIssued: false }))).toEqual([])
    const bare = plainContext({ profile: 'webpki', anchorRules: bareAnchor })
    expect(run(under(identified('0103')), bare)).toEqual([])
  })
})
