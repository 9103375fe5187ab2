import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAnchors } from '#dist/core/decode/input/read-anchors.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import { constraintsOf } from '#dist/core/decode/input/trusted-certificate.js'
import { unconstrained } from '#dist/core/model/anchor-constraints.js'
import { anyExtendedKeyUsage as any } from '#dist/core/model/oids.js'
import { purposeOids } from '#dist/core/model/options.js'
import { pemOf, root } from '../../../support/authority.ts'
import { crlOf } from '../../../support/crls.ts'
import { describeWith } from '../../../support/engines.ts'

const { serverAuth, emailProtection } = purposeOids
const ca = root()
const der = crlOf({ issuer: ca })
const list = { der, pem: pemOf(der, 'X509 CRL') }

describe('a file of CA certificates', () => {
  it('gives anchors and CRLs with their source, and what is refused with its line', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n'
    const broken = '-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n'
    const { anchors, crls, refused } = readAnchors(Buffer.from(`${ca.pem}${list.pem}${key}${broken}`), 'trustStore:a')
    expect(anchors.map(({ certificate, ...rest }) => [Buffer.from(certificate.der), rest])).toEqual([
      [Buffer.from(ca.der), { source: 'trustStore:a' }]
    ])
    expect(crls.map(({ crl, source }) => [Buffer.from(crl.der), source])).toEqual([
      [Buffer.from(list.der), 'trustStore:a']
    ])
    const line = (ca.pem + list.pem).split('\n').length
    expect(refused).toEqual([
      { line, reason: 'it is a private key, which does not belong there' },
      { line: line + 3, reason: expect.any(String) }
    ])
  })

  it('may be a CRL alone, and says where it holds nothing', () => {
    expect(readAnchors(list.der, 'a')).toMatchObject({ anchors: [], crls: [{ source: 'a' }], refused: [] })
    expect(readAnchors(new Uint8Array(), 'a').refused).toEqual([{ line: undefined, reason: 'it holds nothing' }])
  })

  it('is read whatever it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
        const { anchors, crls, refused } = readAnchors(octets, 'a')
        expect(anchors.length + crls.length + refused.length).toBeGreaterThan(0)
      })
    )
  })
})

describe('the trust settings of a TRUSTED CERTIFICATE', () => {
  it.each([
    ['nothing', undefined, undefined],
    ['no lists', { trusted: undefined, rejected: undefined }, undefined],
    ['an empty list of what is rejected', { trusted: undefined, rejected: [] }, undefined],
    ['any purpose', { trusted: [serverAuth, any], rejected: undefined }, undefined],
    ['one purpose', { trusted: [serverAuth], rejected: undefined }, { purposes: [serverAuth] }],
    ['no purpose', { trusted: [], rejected: undefined }, { purposes: [] }],
    [
      'any purpose but one',
      { trusted: [any], rejected: [serverAuth] },
      { purposes: undefined, rejectedPurposes: [serverAuth] }
    ],
    ['no purpose at all', { trusted: undefined, rejected: [any] }, { rejectedPurposes: [any] }]
  ])('that say %s limit the anchor to that', (_what, settings, constraints) => {
    expect(constraintsOf(settings)).toEqual(
      constraints === undefined ? undefined : { ...unconstrained, ...constraints }
    )
  })
})

describeWith('openssl', 'a file of trusted certificates that OpenSSL writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anchors-'))
  const openssl = (...parameters: readonly string[]): string =>
    execFileSync('openssl', parameters, { cwd: folder, stdio: 'pipe' }).toString()
  beforeAll(() => writeFileSync(join(folder, 'ca.pem'), ca.pem))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('limits its anchors, and twice the same certificate is one anchor with the limits of both', () => {
    const settings = ['-addtrust', 'serverAuth', '-addtrust', 'emailProtection', '-addreject', 'emailProtection']
    const trusted = openssl('x509', '-in', 'ca.pem', '-trustout', ...settings)
    const other = openssl('x509', '-in', 'ca.pem', '-trustout', '-addreject', 'clientAuth')
    const { anchors, refused } = readAnchors(Buffer.from(readFileSync(join(folder, 'ca.pem')) + trusted + other), 'a')
    expect(refused).toEqual([])
    const limits = { ...unconstrained, purposes: [serverAuth, emailProtection], rejectedPurposes: [emailProtection] }
    expect(anchors.map(({ constraints }) => constraints)).toEqual([
      undefined,
      limits,
      { ...unconstrained, rejectedPurposes: [purposeOids.clientAuth] }
    ])
    const store = trustStore({ name: 'a', version: null, anchors })
    expect(store.anchors.map(({ constraints }) => constraints)).toEqual([
      { ...limits, rejectedPurposes: [emailProtection, purposeOids.clientAuth] }
    ])
    expect(store.anchorsBySubject.get(store.anchors[0]?.certificate.subject.key ?? '')).toEqual(store.anchors)
  })
})
