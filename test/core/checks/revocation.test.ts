import { describe, expect, it } from 'vitest'
import { revocation } from '#dist/core/checks/revocation.js'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import { createVerifier } from '#dist/core/match/key/signature.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { rowOf } from '#dist/core/model/codes.js'
import type { CrlCandidate } from '#dist/core/model/crl.js'
import type { Finding } from '#dist/core/model/finding.js'
import { LimitReached, type Limits } from '#dist/core/model/limits.js'
import type { RevocationOptions } from '#dist/core/model/options.js'
import type { CandidatePath } from '#dist/core/model/path.js'
import {
  basicConstraints,
  commonName,
  type ExtensionSpec,
  extension,
  type Issued,
  intermediate,
  keyPair,
  keyUsage,
  root,
  server
} from '../../support/authority.ts'
import {
  crlNumber,
  crlOf,
  deltaIndicator,
  directoryName,
  flag,
  fullName,
  invalidityDate,
  issuingDistributionPoint,
  reasonCode,
  someReasons,
  uri
} from '../../support/crls.ts'
import { explicit, hexBytes, oid, sequence, tlv } from '../../support/der-writer.ts'
import { findingsOf } from '../../support/findings.ts'
import { anchoredPath, openPath, type PlainOptions, plainContext } from '../../support/plain-certificate.ts'

const read = ({ der }: Issued): Certificate => {
  const decoded = readCertificate(der)
  if (!decoded.ok) throw new Error(decoded.reason)
  return decoded.value
}

const crls = (ders: readonly Uint8Array[]): readonly CrlCandidate[] =>
  ders.map((der, n) => {
    const decoded = readCrl(der)
    if (!decoded.ok) throw new Error(decoded.reason)
    return { crl: decoded.value, source: `crls[${n}]` }
  })

interface Question extends Omit<PlainOptions, 'revocation'> {
  readonly revocation?: Partial<RevocationOptions>
  readonly limits?: Partial<Limits>
}

/** The findings at 2026-01-15, with the leaf's status required. */
const judge = (path: CandidatePath, ders: readonly Uint8Array[], question: Question = {}): readonly Finding[] => {
  const { revocation: asked, limits, ...options } = question
  const required = { mode: 'require', scope: 'leaf', maxAge: undefined, ...asked } as const
  const context = plainContext(
    { time: Date.parse('2026-01-15T00:00:00Z') / 1000, ...options, revocation: required },
    limits
  )
  return findingsOf(revocation, path, { ...context, crls: crls(ders), verify: createVerifier(context.budget) })
}

/** Severity, position and code of each finding. */
const brief = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ severity, certificate, code }) => `${severity} ${certificate} ${code}`)

const problemsOf = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ code, details }) => rowOf(code).message(details))

const serialNumber = 0x1234n
const ca = root('Test CA')
const leafWith = (...extensions: readonly ExtensionSpec[]): Issued =>
  server(ca, 'www.example.test', { serialNumber, extensions })
const leaf = server(ca, 'www.example.test', { serialNumber })
const path = anchoredPath(read(leaf), read(ca))
const clean = crlOf({ issuer: ca, entries: [{ serialNumber: 99n }] })
const revoking = (spec: Partial<Parameters<typeof crlOf>[0]> = {}): Uint8Array =>
  crlOf({ issuer: ca, entries: [{ serialNumber, extensions: [reasonCode(1)] }], ...spec })

const unknown = ['error 0 revocation-unknown']
const invalid = [...unknown, 'warning 0 crl-invalid']
const outOfScope = [...unknown, 'warning 0 crl-scope-mismatch']

describe('revocation by CRLs (RFC 5280 §6.3.3)', () => {
  it('accepts a certificate that a complete, current CRL of its issuer does not list', () => {
    expect(judge(path, [clean])).toEqual([])
    expect(judge(path, [crlOf({ issuer: ca })])).toEqual([])
  })

  it('rejects a listed certificate, with reason, time and source', () => {
    const entries = [
      { serialNumber, revokedAt: '251231235959', extensions: [reasonCode(4), invalidityDate('20251224000000')] }
    ]
    expect(judge(path, [clean, crlOf({ issuer: ca, entries })])).toEqual([
      {
        code: 'revoked',
        certificate: 0,
        severity: 'error',
        details: {
          reason: 'superseded',
          at: '2025-12-31T23:59:59Z',
          invalidityDate: '2025-12-24T00:00:00Z',
          source: 'crls[1]'
        }
      }
    ])
  })

  it('(i)(2) takes an entry without a reason as unspecified', () => {
    expect(judge(path, [revoking({ entries: [{ serialNumber }] })])).toMatchObject([
      { details: { reason: 'unspecified' } }
    ])
  })

  it('rejects a listed certificate whatever its revocation date', () => {
    const entries = [{ serialNumber, revokedAt: '300101000000' }]
    expect(brief(judge(path, [crlOf({ issuer: ca, entries })]))).toEqual(['error 0 revoked'])
  })

  it('asks for a CRL of the certificate’s own issuer', () => {
    const other = crlOf({ issuer: root('Other CA'), entries: [{ serialNumber }] })
    expect(judge(path, [other])).toEqual([
      { code: 'revocation-unknown', certificate: 0, severity: 'error', details: { why: 'no-evidence', considered: [] } }
    ])
    expect(judge(path, [other, clean])).toEqual([])
    expect(brief(judge(path, []))).toEqual(unknown)
  })

  it('asks nothing when switched off, and only warns when preferred', () => {
    expect(judge(path, [revoking()], { revocation: { mode: 'off' } })).toEqual([])
    expect(brief(judge(path, [], { revocation: { mode: 'prefer' } }))).toEqual(['warning 0 revocation-unknown'])
    expect(brief(judge(path, [revoking()], { revocation: { mode: 'prefer' } }))).toEqual(['error 0 revoked'])
  })

  it('ends at the budget rather than taking what is left for good', () => {
    const many = Array.from({ length: 5 }, (_, n) => crlOf({ issuer: ca, extensions: [crlNumber(n)] }))
    expect(() => judge(path, many, { limits: { signatureChecks: 3 } })).toThrow(LimitReached)
    expect(() => judge(path, many, { limits: { buildingSteps: 4 } })).toThrow(LimitReached)
    expect(judge(path, many, { limits: { signatureChecks: 5, buildingSteps: 5 } })).toEqual([])
  })
})

describe('which certificates of a path are asked about', () => {
  const sub = intermediate(ca, 'Test Sub CA', { serialNumber: 77n })
  const below = server(sub, 'www.example.test', { serialNumber })
  const chain = anchoredPath(read(below), read(sub), read(ca))
  const ofSub = crlOf({ issuer: sub })

  it('is the end entity alone under scope leaf, and all but the anchor under scope chain', () => {
    expect(judge(chain, [ofSub])).toEqual([])
    expect(brief(judge(chain, [ofSub], { revocation: { scope: 'chain' } }))).toEqual(['error 1 revocation-unknown'])
    expect(judge(chain, [ofSub, clean], { revocation: { scope: 'chain' } })).toEqual([])
    const bad = crlOf({ issuer: ca, entries: [{ serialNumber: 77n }] })
    expect(brief(judge(chain, [ofSub, bad], { revocation: { scope: 'chain' } }))).toEqual(['error 1 revoked'])
  })

  it('is none where the target is itself the anchor', () => {
    const everything = crlOf({ issuer: ca, entries: [{ serialNumber: BigInt(`0x${read(ca).serialNumber}`) }] })
    expect(judge(anchoredPath(read(ca)), [everything], { revocation: { scope: 'chain' } })).toEqual([])
  })

  it('is not the last of a path that leads to no anchor, for there is no key for its CRL', () => {
    expect(judge(openPath(read(below), read(sub)), [ofSub], { revocation: { scope: 'chain' } })).toEqual([])
    expect(brief(judge(openPath(read(below), read(sub)), [], { revocation: { scope: 'chain' } }))).toEqual(unknown)
  })
})

describe('who signed the CRL (RFC 5280 §6.3.3 (f), (g))', () => {
  it('is never the certificate that is asked about, though it has the issuer’s name', () => {
    const fresh = root('Test CA')
    const newWithOld = intermediate(ca, 'Test CA', { key: fresh.key, serialNumber: 88n })
    const chain = anchoredPath(read(server(fresh)), read(newWithOld), read(ca))
    const ofFresh = crlOf({ issuer: fresh })
    const scope = { scope: 'chain' } as const
    expect(brief(judge(chain, [ofFresh], { revocation: scope }))).toEqual([
      'error 1 revocation-unknown',
      'warning 1 crl-invalid'
    ])
    expect(judge(chain, [ofFresh, clean], { revocation: scope }).map(({ severity }) => severity)).not.toContain('error')
  })

  it('is nobody of another name, be it the anchor', () => {
    const sub = intermediate(ca, 'Test Sub CA')
    const chain = anchoredPath(read(server(sub)), read(sub), read(ca))
    expect(judge(chain, [crlOf({ issuer: sub })])).toEqual([])
    const findings = judge(chain, [crlOf({ issuer: sub, key: ca.key })])
    expect(brief(findings)).toEqual(invalid)
    expect(findings[1]).toMatchObject({
      details: { source: 'crls[0]', reason: 'has a signature that does not verify under the issuer’s key' },
      reference: 'RFC 5280 §6.3.3 (g)'
    })
  })

  it('is nobody whose key cannot be read', () => {
    const keyless = anchoredPath(read(leaf), { ...read(ca), publicKey: undefined } as Certificate)
    expect(brief(judge(keyless, [clean]))).toEqual([...unknown, 'warning 0 crl-signer-not-found'])
  })

  it('costs a step for each CRL and each who may have signed it, and one where nobody may', () => {
    const fresh = root('Test CA')
    const rolled = anchoredPath(read(leaf), read(intermediate(fresh, 'Test CA', { key: ca.key })), read(fresh))
    const many = Array.from({ length: 3 }, (_, n) => crlOf({ issuer: ca, extensions: [crlNumber(n)] }))
    expect(() => judge(rolled, many, { limits: { buildingSteps: 5 } })).toThrow(LimitReached)
    expect(judge(rolled, many, { limits: { buildingSteps: 6 } })).toEqual([])
    const keyless = anchoredPath(read(leaf), {
      ...read(ca),
      publicKey: undefined,
      subject: read(leaf).subject
    } as Certificate)
    expect(() => judge(keyless, many, { limits: { buildingSteps: 2 } })).toThrow(LimitReached)
    expect(brief(judge(keyless, many, { limits: { buildingSteps: 3 } }))[0]).toEqual('error 0 revocation-unknown')
  })

  it('refuses a signature that does not verify', () => {
    expect(brief(judge(path, [revoking({ key: keyPair() })]))).toEqual(invalid)
  })

  it('says so where the CRL names another key of the issuer, which may be in order', () => {
    const otherKey = extension('2.5.29.35', sequence(tlv(0x80, hexBytes('aabb'))))
    const findings = judge(path, [crlOf({ issuer: ca, key: keyPair(), extensions: [crlNumber(1), otherKey] })])
    expect(brief(findings)).toEqual([...unknown, 'warning 0 crl-signer-not-found'])
    expect(problemsOf(findings)[1]).toContain('is signed with another key (aabb)')
  })

  it('shortens a key identifier of any length', () => {
    const endless = extension('2.5.29.35', sequence(tlv(0x80, new Uint8Array(30_000).fill(0xaa))))
    const findings = judge(path, [crlOf({ issuer: ca, key: keyPair(), extensions: [crlNumber(1), endless] })])
    expect(problemsOf(findings).join().length).toBeLessThan(400)
  })

  it('does not exclude a CRL for its key identifier', () => {
    const wrong = extension('2.5.29.35', sequence(tlv(0x80, hexBytes('aabb'))))
    expect(judge(path, [crlOf({ issuer: ca, extensions: [crlNumber(1), wrong] })])).toEqual([])
  })

  it('takes a certificate further up the path that has the issuer’s name, as after a change of key', () => {
    const fresh = root('Test CA')
    const oldWithNew = intermediate(fresh, 'Test CA', { key: ca.key })
    const rolled = anchoredPath(read(leaf), read(oldWithNew), read(fresh))
    expect(judge(rolled, [crlOf({ issuer: fresh })])).toEqual([])
    expect(brief(judge(rolled, [revoking({ issuer: fresh })]))).toEqual(['error 0 revoked'])
  })

  it('asks for cRLSign where the signer has a key usage, and for nothing where it has none', () => {
    const usage = (...extensions: readonly ExtensionSpec[]): CandidatePath => {
      const issuer = root('Test CA', { key: ca.key, extensions: [basicConstraints(true), ...extensions] })
      return anchoredPath(read(leaf), read(issuer))
    }
    const certSignOnly = keyUsage('02 04')
    expect(brief(judge(usage(certSignOnly), [clean]))).toEqual(invalid)
    expect(brief(judge(usage(certSignOnly), [revoking()]))).toEqual(invalid)
    expect(judge(usage(), [clean])).toEqual([])
    const bare = { validity: true, constraints: false, acceptTarget: true }
    expect(judge(usage(certSignOnly), [clean], { anchorRules: bare })).toEqual([])
  })

  it('holds the signature to the security level', () => {
    const findings = judge(path, [revoking()], { securityLevel: 4 })
    expect(brief(findings)).toEqual(invalid)
    expect(problemsOf(findings)[1]).toContain('security level 4 needs 192')
    expect(judge(path, [clean], { securityLevel: 3 })).toEqual([])
  })
})

describe('when a CRL is current (RFC 5280 §6.3.3 (a))', () => {
  const at = (time: string): number => Date.parse(time) / 1000

  it('is stale after its nextUpdate, and current in its last second', () => {
    expect(judge(path, [clean], { time: at('2026-02-01T00:00:00Z') })).toEqual([])
    expect(judge(path, [clean], { time: at('2026-02-01T00:00:01Z') })).toEqual([
      {
        code: 'revocation-stale',
        certificate: 0,
        severity: 'error',
        details: {
          why: 'next-update-passed',
          source: 'crls[0]',
          thisUpdate: '2026-01-01T00:00:00Z',
          nextUpdate: '2026-02-01T00:00:00Z',
          considered: [{ source: 'crls[0]', problem: 'is out of date' }]
        }
      }
    ])
  })

  it('is not used before its thisUpdate, not even to reject', () => {
    expect(judge(path, [revoking()], { time: at('2025-12-31T23:59:59Z') })).toMatchObject([
      { code: 'revocation-stale', details: { why: 'not-yet-issued' } }
    ])
    expect(brief(judge(path, [revoking()], { time: at('2026-01-01T00:00:00Z') }))).toEqual(['error 0 revoked'])
    expect(judge(path, [revoking({ nextUpdate: null })], { time: at('2025-12-31T23:59:59Z') })).toEqual([
      {
        code: 'revocation-stale',
        certificate: 0,
        severity: 'error',
        details: {
          why: 'not-yet-issued',
          source: 'crls[0]',
          thisUpdate: '2026-01-01T00:00:00Z',
          considered: [{ source: 'crls[0]', problem: 'is of a time after the time of validation' }]
        }
      }
    ])
  })

  it('has the clock skew in its favour at both ends', () => {
    const clockSkew = 60
    expect(judge(path, [clean], { clockSkew, time: at('2025-12-31T23:59:00Z') })).toEqual([])
    expect(judge(path, [clean], { clockSkew, time: at('2026-02-01T00:01:00Z') })).toEqual([])
    expect(brief(judge(path, [clean], { clockSkew, time: at('2025-12-31T23:58:59Z') }))).toEqual([
      'error 0 revocation-stale'
    ])
    expect(brief(judge(path, [clean], { clockSkew, time: at('2026-02-01T00:01:01Z') }))).toEqual([
      'error 0 revocation-stale'
    ])
  })

  it('is stale when older than the request accepts', () => {
    const revocation = { maxAge: 14 * 86_400 }
    expect(judge(path, [clean], { revocation })).toEqual([])
    expect(judge(path, [clean], { revocation: { maxAge: 14 * 86_400 - 1 } })).toMatchObject([
      { code: 'revocation-stale', details: { why: 'older-than-max-age' } }
    ])
  })

  it('still rejects what it lists once it is stale, but for a hold, which may have ended', () => {
    const time = at('2026-03-01T00:00:00Z')
    expect(brief(judge(path, [revoking()], { time }))).toEqual(['error 0 revoked'])
    const hold = [{ serialNumber, extensions: [reasonCode(6)] }]
    expect(brief(judge(path, [crlOf({ issuer: ca, entries: hold })], { time }))).toEqual(['error 0 revocation-stale'])
    expect(brief(judge(path, [crlOf({ issuer: ca, entries: hold })]))).toEqual(['error 0 revoked'])
  })

  it('names the newest where all are stale, and uses a current one beside stale ones', () => {
    const old = crlOf({ issuer: ca, thisUpdate: '250101000000', nextUpdate: '250201000000' })
    const newer = crlOf({ issuer: ca, thisUpdate: '250301000000', nextUpdate: '250401000000' })
    expect(judge(path, [old, newer])).toMatchObject([{ code: 'revocation-stale', details: { source: 'crls[1]' } }])
    expect(judge(path, [newer, old])).toMatchObject([{ code: 'revocation-stale', details: { source: 'crls[0]' } }])
    expect(judge(path, [newer, newer])).toMatchObject([{ code: 'revocation-stale', details: { source: 'crls[0]' } }])
    const unsigned = crlOf({ issuer: ca, key: keyPair() })
    expect(judge(path, [unsigned, old])).toMatchObject([
      { code: 'revocation-stale', details: { source: 'crls[1]' } },
      { code: 'crl-invalid', details: { source: 'crls[0]' } }
    ])
    expect(judge(path, [old, clean])).toEqual([])
  })
})

describe('what a CRL must have to vouch for a certificate (RFC 5280 §5)', () => {
  it('is a number that is not critical, where it has extensions (§5.2.3)', () => {
    const identifier = extension('2.5.29.35', sequence(tlv(0x80, hexBytes('aabb'))))
    expect(brief(judge(path, [crlOf({ issuer: ca, extensions: [identifier] })]))).toEqual(invalid)
    expect(brief(judge(path, [crlOf({ issuer: ca, extensions: [crlNumber(1, true)] })]))).toEqual(invalid)
    expect(judge(path, [crlOf({ issuer: ca, extensions: [] })])).toEqual([])
    expect(judge(path, [crlOf({ issuer: ca, extensions: [], version: 1 })])).toEqual([])
  })

  it('is a nextUpdate (§5.1.2.5)', () => {
    expect(brief(judge(path, [crlOf({ issuer: ca, nextUpdate: null })]))).toEqual(invalid)
  })

  it('is not asked of a CRL that lists the certificate', () => {
    expect(brief(judge(path, [revoking({ nextUpdate: null })]))).toEqual(['error 0 revoked'])
    expect(brief(judge(path, [revoking({ extensions: [crlNumber(1, true)] })]))).toEqual(['error 0 revoked'])
  })

  it('is to be understood: nothing is taken from a CRL with an unknown critical extension (§5.2, §5.3)', () => {
    const strange = extension('1.3.6.1.4.1.99999.1', Uint8Array.of(5, 0), true)
    expect(brief(judge(path, [revoking({ extensions: [crlNumber(1), strange] })]))).toEqual(invalid)
    const entries = [{ serialNumber }, { serialNumber: 1n, extensions: [strange] }]
    expect(brief(judge(path, [revoking({ entries })]))).toEqual(invalid)
  })

  it('is to be well formed: a serial number of two forms never passes for one that is not listed', () => {
    const entries = [{ serialNumber: hexBytes('0203 001234') }]
    expect(brief(judge(path, [revoking({ entries })]))).toEqual(invalid)
  })

  it('is not a delta CRL, which can reject alone (§5.2.4)', () => {
    const extensions = [crlNumber(2), deltaIndicator(1)]
    expect(brief(judge(path, [crlOf({ issuer: ca, extensions })]))).toEqual(outOfScope)
    expect(brief(judge(path, [clean, revoking({ extensions })]))).toEqual(['error 0 revoked'])
    const removing = revoking({ extensions, entries: [{ serialNumber, extensions: [reasonCode(8)] }] })
    expect(brief(judge(path, [removing]))).toEqual(outOfScope)
    expect(judge(path, [removing, clean])).toEqual([])
  })
})

describe('the scope of a CRL (RFC 5280 §6.3.3 (b))', () => {
  const scoped = (...fields: readonly Uint8Array[]): Uint8Array =>
    crlOf({ issuer: ca, extensions: [crlNumber(1), issuingDistributionPoint(...fields)] })
  const sub = read(intermediate(ca, 'Test Sub CA'))
  const leafAt = (...fields: readonly Uint8Array[]): CandidatePath => {
    const points = extension('2.5.29.31', sequence(sequence(...fields)))
    return anchoredPath(read(leafWith(points)), read(ca))
  }

  it('(2)(ii) is not a CA certificate for onlyContainsUserCerts', () => {
    expect(judge(path, [scoped(flag(1))])).toEqual([])
    expect(brief(judge(anchoredPath(sub, read(ca)), [scoped(flag(1))]))).toEqual(outOfScope)
  })

  it('(2)(iii) is a CA certificate for onlyContainsCACerts', () => {
    const findings = judge(path, [scoped(flag(2))])
    expect(brief(findings)).toEqual(outOfScope)
    expect(findings[1]).toMatchObject({
      details: { source: 'crls[0]', reason: 'covers CA certificates only' },
      reference: 'RFC 5280 §6.3.3 (b)'
    })
    expect(judge(anchoredPath(sub, read(ca)), [scoped(flag(2))])).toEqual([])
  })

  it('(2)(iv) is nothing for onlyContainsAttributeCerts', () => {
    expect(brief(judge(path, [scoped(flag(5))]))).toEqual(outOfScope)
  })

  it('is that of an ordinary CRL, where an indirect one is of the certificate’s own issuer', () => {
    expect(judge(path, [scoped(flag(4))])).toEqual([])
  })

  it('(2)(i) is a certificate that names the CRL’s distribution point', () => {
    const here = fullName(uri('http://crl.example.test/1'), uri('ldap://crl.example.test'))
    expect(judge(leafAt(fullName(uri('http://crl.example.test/1'))), [scoped(here)])).toEqual([])
    expect(brief(judge(leafAt(fullName(uri('http://crl.example.test/2'))), [scoped(here)]))).toEqual(outOfScope)
    expect(brief(judge(path, [scoped(here)]))).toEqual(outOfScope)
    expect(judge(leafAt(fullName(uri('http://crl.example.test/2'))), [clean])).toEqual([])
  })

  it('(2)(i) compares directory names by RFC 5280 §7.1, and relative names as following the issuer’s', () => {
    const below = sequence(...[commonName('Test CA'), commonName('point 1')].map((name) => name.subarray(2)))
    const relative = explicit(0, tlv(0xa1, commonName('POINT  1', 0x13).subarray(4)))
    expect(judge(leafAt(fullName(directoryName(below))), [scoped(relative)])).toEqual([])
    expect(judge(leafAt(relative), [scoped(relative)])).toEqual([])
    expect(brief(judge(leafAt(fullName(directoryName(commonName('point 1')))), [scoped(relative)]))).toEqual(outOfScope)
  })

  it('takes a CRL that no distribution point names for one of the issuer’s name', () => {
    expect(judge(path, [scoped(fullName(directoryName(ca.name)))])).toEqual([])
  })

  it('passes over distribution points of other CRL issuers', () => {
    const point = fullName(uri('http://crl.example.test/1'))
    const other = explicit(2, directoryName(commonName('CRL issuer')))
    expect(brief(judge(leafAt(point, other), [scoped(point)]))).toEqual(outOfScope)
  })

  it('(e) is all reasons only where the CRLs cover them together', () => {
    const keyReasons = scoped(someReasons('05 60'))
    const others = scoped(someReasons('07 1f 80'))
    expect(brief(judge(path, [keyReasons]))).toEqual(outOfScope)
    expect(judge(path, [keyReasons, others])).toEqual([])
    const point = fullName(uri('http://crl.example.test/1'))
    const forSome = leafAt(point, tlv(0x81, hexBytes('05 60')))
    expect(brief(judge(forSome, [scoped(point)]))).toEqual(outOfScope)
  })
})

describe('noRevAvail (RFC 9608)', () => {
  const noRevAvail = extension('2.5.29.56', Uint8Array.of(5, 0))
  const exempt = anchoredPath(read(leafWith(noRevAvail)), read(ca))

  it('§4 lets a certificate off whose status nobody publishes, and ocsp-nocheck as well', () => {
    expect(judge(exempt, [])).toEqual([])
    const noCheck = extension('1.3.6.1.5.5.7.48.1.5', Uint8Array.of(5, 0))
    expect(judge(anchoredPath(read(leafWith(noCheck)), read(ca)), [])).toEqual([])
  })

  it('is no matter in a trust anchor, which nobody revokes', () => {
    const odd = root('Test CA', { key: ca.key, extensions: [basicConstraints(true), noRevAvail] })
    expect(judge(anchoredPath(read(leaf), read(odd)), [clean])).toEqual([])
    expect(brief(judge(openPath(read(leaf), read(odd)), [clean]))).toEqual(['error 1 no-rev-avail-conflict'])
  })

  it('does not let off one that is revoked nevertheless', () => {
    expect(brief(judge(exempt, [revoking()]))).toEqual(['error 0 revoked'])
  })

  it.each([
    ['cRLDistributionPoints', extension('2.5.29.31', sequence(sequence(fullName(uri('http://crl.example.test')))))],
    ['freshestCRL', extension('2.5.29.46', sequence(sequence(fullName(uri('http://crl.example.test')))))],
    [
      'authorityInfoAccess',
      extension('1.3.6.1.5.5.7.1.1', sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.example.test'))))
    ],
    ['basicConstraints', basicConstraints(true)]
  ])('§3 contradicts %s: invalid whatever is known of revocation, and no exemption', (name, contradiction) => {
    const conflicting = anchoredPath(read(leafWith(noRevAvail, contradiction)), read(ca))
    expect(judge(conflicting, [clean])).toMatchObject([
      { code: 'no-rev-avail-conflict', certificate: 0, severity: 'error', details: { extension: name } }
    ])
    expect(brief(judge(conflicting, []))).toEqual(['error 0 no-rev-avail-conflict', ...unknown])
    expect(brief(judge(conflicting, [], { revocation: { mode: 'off' } }))).toEqual(['error 0 no-rev-avail-conflict'])
  })
})

describe('the findings of revocation', () => {
  it('name eight CRLs at most, however many came', () => {
    const stale = Array.from({ length: 12 }, (_, n) =>
      crlOf({ issuer: ca, key: keyPair(), extensions: [crlNumber(n)] })
    )
    const findings = judge(path, stale)
    expect(findings).toHaveLength(1 + 8)
    expect(findings[0]).toMatchObject({ code: 'revocation-unknown', details: { why: 'no-usable-evidence' } })
    expect(findings[0]?.code === 'revocation-unknown' && findings[0].details.considered).toHaveLength(8)
  })

  it('say what they mean', () => {
    expect(problemsOf(judge(path, [revoking()]))).toEqual([
      'The certificate was revoked on 2025-06-01T00:00:00Z (keyCompromise), as crls[0] says.'
    ])
    expect(problemsOf(judge(path, []))).toEqual([
      'It is not known whether the certificate is revoked: there is no CRL of its issuer, and no OCSP response.'
    ])
    expect(problemsOf(judge(path, [crlOf({ issuer: ca, nextUpdate: null })]))).toEqual([
      'It is not known whether the certificate is revoked: crls[0] does not say until when it is current (nextUpdate).',
      'crls[0] does not say until when it is current (nextUpdate).'
    ])
    expect(problemsOf(judge(path, [clean], { time: Date.parse('2026-03-01T00:00:00Z') / 1000 }))).toEqual([
      'It is not known whether the certificate is revoked: crls[0] is out of date, issued 2026-01-01T00:00:00Z, to be replaced by 2026-02-01T00:00:00Z.'
    ])
  })
})
