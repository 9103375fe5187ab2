import { describe, expect, it } from 'vitest'
import { basicConstraints } from '#dist/core/checks/basic-constraints.js'
import { keyUsageBits } from '#dist/core/model/certificate.js'
import { usageCodes } from '#dist/core/model/codes/usage.js'
import { extensionOids } from '#dist/core/model/oids.js'
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
const notCa = plainCertificate({ basicConstraints: { ca: false, pathLength: undefined } })
const run = (path: CandidatePath, context: CheckContext = plainContext()) => findingsOf(basicConstraints, path, context)
const refused = (certificate: number, version: number, constraints: string) => [
  {
    code: 'issuer-not-ca',
    certificate,
    severity: 'error',
    details: { version, basicConstraints: constraints }
  }
]

describe('basic-constraints (RFC 5280 §6.1.4 (k))', () => {
  it('accept CAs, and a target of any kind', () => {
    for (const target of [leaf, notCa, plainCa(0)]) {
      expect(run(anchoredPath(target, plainCa(), plainCa()))).toEqual([])
    }
  })

  it('refuse an intermediate without the extension or with cA FALSE', () => {
    expect(run(anchoredPath(leaf, leaf, plainCa()))).toEqual(refused(1, 3, 'absent'))
    expect(run(anchoredPath(leaf, notCa, plainCa()))).toEqual(refused(1, 3, 'not-ca'))
    expect(run(openPath(leaf, plainCa(), notCa))).toEqual(refused(2, 3, 'not-ca'))
  })

  it('refuse an intermediate of version 1 or 2, whatever it holds', () => {
    expect(run(anchoredPath(leaf, plainCertificate({ version: 1 }), plainCa()))).toEqual(refused(1, 1, 'absent'))
    expect(run(anchoredPath(leaf, plainCa(undefined, { version: 2 }), plainCa()))).toEqual(refused(1, 2, 'absent'))
  })

  it('report every certificate that is not a CA', () => {
    expect(run(anchoredPath(leaf, leaf, notCa, plainCa())).map(({ certificate }) => certificate)).toEqual([1, 2])
  })

  it('say nothing of an extension that cannot be read', () => {
    const unreadable = plainCertificate({ unreadable: [extensionOids.basicConstraints] })
    expect(run(anchoredPath(leaf, unreadable, plainCa()))).toEqual([])
  })
})

describe('basic-constraints of a trust anchor (RFC 5937)', () => {
  it('accept one of version 1, as old roots are', () => {
    expect(run(anchoredPath(leaf, plainCertificate({ version: 1 })))).toEqual([])
  })

  it('refuse one of version 3 that does not say that it is a CA', () => {
    expect(run(anchoredPath(leaf, leaf))).toEqual(refused(1, 3, 'absent'))
    expect(run(anchoredPath(leaf, notCa))).toEqual(refused(1, 3, 'not-ca'))
  })

  it('do not matter where the anchor’s contents do not count', () => {
    expect(run(anchoredPath(leaf, notCa), plainContext({ anchorRules: bareAnchor }))).toEqual([])
    expect(run(anchoredPath(leaf, notCa, notCa), plainContext({ anchorRules: bareAnchor }))).toHaveLength(1)
  })
})

describe('a CA as the end entity (CA/Browser Forum BR 7.1.2.7.8, 7.1.2.7.11)', () => {
  const webpki = plainContext({ profile: 'webpki' })
  const found = [{ code: 'end-entity-is-ca', certificate: 0, severity: 'error', details: {} }]

  it('is refused under webpki, by cA TRUE and by keyCertSign', () => {
    expect(run(anchoredPath(plainCa(), plainCa()), webpki)).toEqual(found)
    expect(run(anchoredPath(plainCa()), webpki)).toEqual(found)
    expect(run(anchoredPath(plainCertificate({ keyUsage: keyUsageBits.keyCertSign }), plainCa()), webpki)).toEqual(
      found
    )
  })

  it('is not seen in a certificate that has neither', () => {
    expect(run(anchoredPath(plainCertificate({ keyUsage: keyUsageBits.cRLSign }), plainCa()), webpki)).toEqual([])
    expect(run(anchoredPath(notCa, plainCa()), webpki)).toEqual([])
  })
})

describe('the message of issuer-not-ca', () => {
  it('says why', () => {
    const { message } = usageCodes['issuer-not-ca']
    expect(message({ version: 3, basicConstraints: 'not-ca' })).toContain('its basicConstraints say cA FALSE')
    expect(message({ version: 3, basicConstraints: 'absent' })).toContain('it has no basicConstraints')
    expect(message({ version: 1, basicConstraints: 'absent' })).toContain('version 1 has no basicConstraints')
  })
})
