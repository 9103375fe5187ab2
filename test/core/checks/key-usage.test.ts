import { describe, expect, it } from 'vitest'
import { keyUsage } from '#dist/core/checks/key-usage.js'
import { keyUsageBits as bits } from '#dist/core/model/certificate.js'
import { usageCodes } from '#dist/core/model/codes/usage.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import { findingsOf } from '../../support/findings.ts'
import {
  anchoredPath,
  bareAnchor,
  openPath,
  plainCa,
  plainCertificate,
  plainContext
} from '../../support/plain-certificate.ts'

const leaf = plainCertificate()
const using = (usage: number) => plainCa(undefined, { keyUsage: usage })
const run = (path: CandidatePath, context: CheckContext = plainContext()) => findingsOf(keyUsage, path, context)

describe('the key usage of issuers (RFC 5280 §6.1.4 (n))', () => {
  it('accepts keyCertSign, and a CA without the extension', () => {
    expect(run(anchoredPath(leaf, using(bits.keyCertSign), using(bits.keyCertSign | bits.cRLSign)))).toEqual([])
    expect(run(anchoredPath(leaf, plainCa(), plainCa()))).toEqual([])
  })

  it('refuses a CA that may only sign something else, and says what', () => {
    expect(run(anchoredPath(leaf, using(bits.digitalSignature | bits.cRLSign), plainCa()))).toEqual([
      {
        code: 'cert-sign-not-allowed',
        certificate: 1,
        severity: 'error',
        details: { keyUsage: ['digitalSignature', 'cRLSign'] }
      }
    ])
    expect(run(openPath(leaf, plainCa(), using(bits.cRLSign)))).toMatchObject([{ certificate: 2 }])
  })

  it('holds a trust anchor to it where its contents count, and only there (RFC 5937)', () => {
    const path = anchoredPath(leaf, using(bits.cRLSign))
    expect(run(path)).toMatchObject([{ code: 'cert-sign-not-allowed', certificate: 1 }])
    expect(run(path, plainContext({ anchorRules: bareAnchor }))).toEqual([])
  })

  it('asks nothing of the target', () => {
    expect(run(anchoredPath(using(bits.digitalSignature), plainCa()))).toEqual([])
    expect(run(anchoredPath(using(bits.digitalSignature)))).toEqual([])
  })
})

describe('the key usage that the request asks for (RFC 5280 §4.2.1.3)', () => {
  const context = plainContext({ keyUsage: bits.digitalSignature | bits.keyAgreement })

  it('has to be asserted by the end entity, bit by bit', () => {
    expect(run(anchoredPath(using(bits.digitalSignature | bits.decipherOnly), plainCa()), context)).toEqual([
      {
        code: 'key-usage-mismatch',
        certificate: 0,
        severity: 'error',
        details: { missing: ['keyAgreement'], asserted: ['digitalSignature', 'decipherOnly'] }
      }
    ])
    const more = bits.digitalSignature | bits.keyAgreement | bits.keyEncipherment
    expect(run(anchoredPath(using(more), plainCa()), context)).toEqual([])
  })

  it('is met by a certificate without the extension, and not asked of CAs', () => {
    expect(run(anchoredPath(leaf, using(bits.keyCertSign)), context)).toEqual([])
  })
})

describe('the messages of key usages', () => {
  it('name the bits', () => {
    expect(usageCodes['cert-sign-not-allowed'].message({ keyUsage: ['cRLSign', 'keyAgreement'] })).toContain(
      'cRLSign, keyAgreement without keyCertSign'
    )
    const mismatch = { missing: ['keyAgreement'], asserted: ['digitalSignature'] }
    expect(usageCodes['key-usage-mismatch'].message(mismatch)).toBe(
      'The request asks for the key usage keyAgreement, and the certificate asserts only digitalSignature.'
    )
  })
})
