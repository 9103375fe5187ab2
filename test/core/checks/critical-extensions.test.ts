import { describe, expect, it } from 'vitest'
import { criticalExtensions } from '#dist/core/checks/critical-extensions.js'
import { extensionOids as oids } from '#dist/core/model/oids.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import { findingsOf } from '../../support/findings.ts'
import {
  anchoredPath,
  bareAnchor,
  openPath,
  plainCa,
  plainCertificate,
  plainContext,
  withExtensions
} from '../../support/plain-certificate.ts'

const leaf = plainCertificate()
const run = (path: CandidatePath, context: CheckContext = plainContext()) =>
  findingsOf(criticalExtensions, path, context)
const marked = (...names: readonly string[]) =>
  withExtensions(
    leaf,
    names.map((name) => [name, true])
  )

const unknown = (certificate: number, oid: string, extension: string, reference: string) => ({
  code: 'extension-critical-unknown',
  certificate,
  severity: 'error',
  details: { extension, oid },
  reference
})

describe('critical extensions (RFC 5280 §4.2)', () => {
  it.each([
    'basicConstraints',
    'keyUsage',
    'extKeyUsage',
    'subjectAltName',
    'nameConstraints',
    'certificatePolicies',
    'policyMappings',
    'policyConstraints',
    'inhibitAnyPolicy',
    'subjectKeyIdentifier',
    'authorityKeyIdentifier',
    'issuerAltName',
    'cRLDistributionPoints',
    'authorityInfoAccess',
    'noRevAvail'
  ] as const)('may be %s, which is understood', (name) => {
    expect(run(anchoredPath(marked(oids[name]), marked(oids[name]), marked(oids[name])))).toEqual([])
  })

  it.each(['subjectDirectoryAttributes', 'freshestCRL', 'subjectInfoAccess', 'tlsFeature'] as const)(
    'may not be %s, which has a name here and no meaning',
    (name) => {
      expect(run(anchoredPath(marked(oids[name]), plainCa()))).toEqual([
        unknown(0, oids[name], name, 'RFC 5280 §6.1.5 (f)')
      ])
    }
  )

  it('are reported once for each certificate and extension, with the step that refuses them', () => {
    const odd = marked('1.2.3', oids.keyUsage, '1.2.4', '1.2.3')
    expect(run(openPath(odd, leaf, odd))).toEqual([
      unknown(0, '1.2.3', '1.2.3', 'RFC 5280 §6.1.5 (f)'),
      unknown(0, '1.2.4', '1.2.4', 'RFC 5280 §6.1.5 (f)'),
      unknown(2, '1.2.3', '1.2.3', 'RFC 5280 §6.1.4 (o)'),
      unknown(2, '1.2.4', '1.2.4', 'RFC 5280 §6.1.4 (o)')
    ])
  })

  it('are no matter in an anchor whose contents do not count, and those of the certificates below it are', () => {
    const bare = plainContext({ anchorRules: bareAnchor })
    expect(run(anchoredPath(leaf, marked('1.2.3')), bare)).toEqual([])
    expect(run(anchoredPath(marked('1.2.3'), marked('1.2.3')), bare)).toMatchObject([{ certificate: 0 }])
  })
})

describe('policy qualifiers that are not understood (RFC 5280 §4.2.1.4)', () => {
  const policies = (critical: boolean, ...unknownQualifiers: readonly boolean[]) =>
    withExtensions(
      plainCertificate({
        certificatePolicies: unknownQualifiers.map((each) => ({ oid: '1.2.3', unknownQualifiers: each }))
      }),
      [[oids.certificatePolicies, critical]]
    )

  it('are refused where the extension is critical, once', () => {
    expect(run(anchoredPath(leaf, policies(true, false, true, true), plainCa()))).toEqual([
      {
        code: 'policy-extension-invalid',
        certificate: 1,
        severity: 'error',
        details: {
          extension: 'certificatePolicies',
          reason: 'it is critical, and has a qualifier that is not understood'
        },
        reference: 'RFC 5280 §4.2.1.4'
      }
    ])
  })

  it('are let pass where it is not, and in an anchor whose contents do not count', () => {
    expect(run(anchoredPath(policies(false, true), policies(true, false), plainCa()))).toEqual([])
    const path = anchoredPath(leaf, policies(true, true))
    expect(run(path, plainContext({ anchorRules: bareAnchor }))).toEqual([])
  })

  it('are no question of policies that cannot be read', () => {
    expect(run(anchoredPath(marked(oids.certificatePolicies), plainCa()))).toEqual([])
  })
})
