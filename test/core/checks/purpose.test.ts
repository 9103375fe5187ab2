import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { purpose } from '#dist/core/checks/purpose.js'
import { usageCodes } from '#dist/core/model/codes/usage.js'
import { anyExtendedKeyUsage as any } from '#dist/core/model/oids.js'
import { purposeOids } from '#dist/core/model/options.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import { cpuTimeOf } from '../../support/cpu-time.ts'
import { findingsOf } from '../../support/findings.ts'
import {
  anchoredPath,
  bareAnchor,
  constrainedPath,
  openPath,
  plainCertificate,
  plainContext
} from '../../support/plain-certificate.ts'

const { serverAuth, clientAuth, codeSigning, emailProtection } = purposeOids
const free = plainCertificate()
const allowing = (...extendedKeyUsage: readonly string[]) => plainCertificate({ extendedKeyUsage })
const asking = (...purposes: readonly string[]): CheckContext => plainContext({ purposes })
const either = (...purposes: readonly string[]): CheckContext => plainContext({ purposes, purposesMatch: 'any' })
const run = (path: CandidatePath, context: CheckContext) => findingsOf(purpose, path, context)

describe('purpose (RFC 5280 §4.2.1.12)', () => {
  it('is not judged where none is asked for', () => {
    expect(run(anchoredPath(allowing(codeSigning), allowing(clientAuth)), plainContext())).toEqual([])
  })

  it('is allowed where the extension lists it, is absent, or lists anyExtendedKeyUsage', () => {
    for (const certificate of [free, allowing(clientAuth, serverAuth), allowing(any)]) {
      expect(run(anchoredPath(certificate, certificate, certificate), asking(serverAuth))).toEqual([])
    }
  })

  it('is refused where the end entity lists others alone', () => {
    expect(run(anchoredPath(allowing(clientAuth, codeSigning), free), asking(serverAuth))).toEqual([
      {
        code: 'purpose-not-allowed',
        certificate: 0,
        severity: 'error',
        details: { purposes: [serverAuth], allowed: [clientAuth, codeSigning] }
      }
    ])
  })

  it('is limited by every issuer that has the extension, each of which is reported', () => {
    const path = anchoredPath(allowing(clientAuth), allowing(codeSigning), free, allowing(emailProtection))
    expect(run(path, asking(serverAuth)).map(({ code, certificate }) => [code, certificate])).toEqual([
      ['purpose-not-allowed-by-issuer', 3],
      ['purpose-not-allowed-by-issuer', 1],
      ['purpose-not-allowed', 0]
    ])
    expect(run(openPath(free, allowing(clientAuth)), asking(serverAuth))).toHaveLength(1)
  })

  it('is limited by a trust anchor where its contents count, and only there (RFC 5937)', () => {
    const path = anchoredPath(free, allowing(clientAuth))
    expect(run(path, asking(serverAuth))).toMatchObject([{ code: 'purpose-not-allowed-by-issuer', certificate: 1 }])
    expect(run(path, plainContext({ purposes: [serverAuth], anchorRules: bareAnchor }))).toEqual([])
    expect(run(anchoredPath(allowing(clientAuth)), asking(serverAuth))).toMatchObject([{ code: 'purpose-not-allowed' }])
  })

  it('needs all that are asked for, and says which are not allowed', () => {
    expect(run(anchoredPath(allowing(serverAuth), free), asking(serverAuth, clientAuth))).toMatchObject([
      { certificate: 0, details: { purposes: [clientAuth], allowed: [serverAuth] } }
    ])
  })

  it('lists 16 purposes at most', () => {
    const many = Array.from({ length: 40 }, (_, at) => `1.2.3.${at}`)
    const [finding] = run(anchoredPath(allowing(...many), free), asking(serverAuth))
    expect(finding?.details).toEqual({ purposes: [serverAuth], allowed: many.slice(0, 16) })
    const [other] = run(anchoredPath(allowing(serverAuth), free), asking(...many))
    expect(other?.details.purposes).toEqual(many.slice(0, 16))
  })
})

describe('purpose, one of several', () => {
  it('is satisfied by one that is allowed along the whole path', () => {
    const path = anchoredPath(allowing(clientAuth, codeSigning), allowing(serverAuth, clientAuth), free)
    expect(run(path, either(serverAuth, clientAuth))).toEqual([])
  })

  it('is not satisfied by one here and another there', () => {
    const path = anchoredPath(allowing(clientAuth), allowing(serverAuth), free)
    expect(run(path, either(serverAuth, clientAuth))).toMatchObject([
      { code: 'purpose-not-allowed', certificate: 0, details: { purposes: [serverAuth], allowed: [clientAuth] } }
    ])
  })

  it('is satisfied if and only if some purpose is allowed by itself', () => {
    const oids = fc.uniqueArray(fc.constantFrom(serverAuth, clientAuth, codeSigning), { minLength: 1 })
    const usage = fc.option(fc.oneof({ weight: 5, arbitrary: oids }, fc.constant([any])), { nil: undefined })
    fc.assert(
      fc.property(fc.array(usage, { minLength: 1, maxLength: 4 }), oids, (usages, asked) => {
        const path = anchoredPath(...usages.map((extendedKeyUsage) => plainCertificate({ extendedKeyUsage })))
        const alone = asked.some((oid) => run(path, asking(oid)).length === 0)
        expect(run(path, either(...asked)).length === 0).toBe(alone)
      })
    )
  })
})

describe('purposes that the trust store trusts an anchor for (RFC 5280 §6.2)', () => {
  const violated = (purposes: readonly string[], allowed: readonly string[], certificate = 2): unknown => ({
    code: 'anchor-constraint-violated',
    certificate,
    severity: 'error',
    details: { anchor: 'CN=Subject', constraint: 'purposes', purposes, allowed }
  })
  const rejected = (purposes: readonly string[]): unknown => ({
    code: 'distrusted',
    certificate: 2,
    severity: 'error',
    details: { anchor: 'CN=Subject', constraint: 'rejectedPurposes', purposes }
  })
  const path = (constraints: Parameters<typeof constrainedPath>[0], leaf = free): CandidatePath =>
    constrainedPath(constraints, leaf, free, free)

  it('are a limit to what is asked for', () => {
    expect(run(path({ purposes: [serverAuth] }), asking(serverAuth))).toEqual([])
    expect(run(path({ purposes: [clientAuth, codeSigning] }), asking(serverAuth, clientAuth))).toEqual([
      violated([serverAuth], [clientAuth, codeSigning])
    ])
  })

  it('do not hold those that it rejects, whatever it trusts', () => {
    const constraints = { purposes: [serverAuth, clientAuth], rejectedPurposes: [serverAuth, emailProtection] }
    expect(run(path(constraints), asking(clientAuth))).toEqual([])
    expect(run(path(constraints), asking(serverAuth))).toEqual([rejected([serverAuth])])
    expect(run(path(constraints), asking(codeSigning, serverAuth))).toEqual([
      rejected([serverAuth]),
      violated([codeSigning], [clientAuth])
    ])
    expect(run(path({ purposes: [serverAuth], rejectedPurposes: [serverAuth] }), asking(serverAuth))).toEqual([
      rejected([serverAuth])
    ])
    expect(run(path({ rejectedPurposes: [any] }), asking(codeSigning, serverAuth))).toEqual([rejected([any])])
  })

  it('hold whatever the request says of anchors, and where the target is the anchor', () => {
    const purposes = { purposes: [clientAuth] }
    expect(run(path(purposes), plainContext({ purposes: [serverAuth], anchorRules: bareAnchor }))).toEqual([
      violated([serverAuth], [clientAuth])
    ])
    expect(run(constrainedPath(purposes, free), asking(serverAuth))).toEqual([violated([serverAuth], [clientAuth], 0)])
  })

  it('are not judged where no purpose is asked for, unless there is none', () => {
    expect(run(path({ purposes: [clientAuth], rejectedPurposes: [serverAuth] }), plainContext())).toEqual([])
    expect(run(path({ rejectedPurposes: [serverAuth] }), plainContext())).toEqual([])
    expect(run(path({ purposes: [] }), plainContext())).toEqual([violated([], [])])
    expect(run(path({ purposes: [serverAuth], rejectedPurposes: [serverAuth] }), plainContext())).toEqual([
      violated([], [])
    ])
    expect(run(path({ rejectedPurposes: [any] }), plainContext())).toEqual([rejected([any])])
  })

  it('and what the certificates allow are told side by side', () => {
    expect(
      run(path({ purposes: [clientAuth] }, allowing(emailProtection)), asking(serverAuth)).map(({ code }) => code)
    ).toEqual(['anchor-constraint-violated', 'purpose-not-allowed'])
  })

  it('have to be the same all along where one is enough', () => {
    const leaf = allowing(serverAuth)
    expect(run(path({ purposes: [serverAuth] }, leaf), either(clientAuth, serverAuth))).toEqual([])
    expect(run(path({ purposes: [clientAuth] }, leaf), either(clientAuth, serverAuth))).toMatchObject([
      { code: 'purpose-not-allowed', certificate: 0, details: { purposes: [clientAuth] } }
    ])
    expect(run(path({ rejectedPurposes: [serverAuth] }, leaf), either(clientAuth, serverAuth))).toMatchObject([
      { code: 'purpose-not-allowed', certificate: 0, details: { purposes: [clientAuth] } }
    ])
    expect(run(path({ purposes: [codeSigning] }), either(clientAuth, serverAuth))).toEqual([
      violated([clientAuth, serverAuth], [codeSigning])
    ])
    expect(run(path({ purposes: [] }), either())).toEqual([violated([], [])])
  })

  it('are compared in time that grows with the lists, not with their product', () => {
    const many = Array.from({ length: 200_000 }, (_, at) => `1.2.3.${at}`)
    const others = many.slice(0, 10_000).map((oid) => `${oid}.1`)
    const took = cpuTimeOf(() => run(path({ purposes: many, rejectedPurposes: many }), asking(...others)))
    expect(took).toBeLessThan(2_000)
  }, 60_000)

  it('are listed up to 16', () => {
    const many = Array.from({ length: 40 }, (_, at) => `1.2.3.${at}`)
    const others = many.map((oid) => `${oid}.1`)
    expect(run(path({ purposes: many }), asking(...others))).toEqual([violated(others.slice(0, 16), many.slice(0, 16))])
    expect(run(path({ rejectedPurposes: many }), asking(...many))).toEqual([rejected(many.slice(0, 16))])
  })
})

describe('the messages of purposes', () => {
  it('call purposes by their names where they have one', () => {
    const details = { purposes: [serverAuth, '1.2.3'], allowed: [clientAuth, any] }
    expect(usageCodes['purpose-not-allowed'].message(details)).toBe(
      'The certificate may not be used for serverAuth, 1.2.3; its extended key usage allows clientAuth, anyExtendedKeyUsage.'
    )
    expect(usageCodes['purpose-not-allowed-by-issuer'].message(details)).toContain('below this CA')
  })
})
