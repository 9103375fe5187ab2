import { getCACertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { readAnchors } from '#dist/core/decode/input/read-anchors.js'
import { trustFor } from '#dist/core/model/anchor-constraints.js'
import { purposeOids } from '#dist/core/model/options.js'
import { constrainedByMozilla } from '#dist/trust/mozilla.js'
import { mozillaConstraints } from '#dist/trust/mozilla-constraints.js'

const { anchors } = readAnchors(Buffer.from(getCACertificates('bundled').join('\n')), 'trustStore:mozilla')
const constrained = constrainedByMozilla(anchors)
const constraintsOf = (name: string) =>
  constrained.find(({ certificate }) => certificate.subject.text.includes(name))?.constraints

describe('what Mozilla says of its roots', () => {
  it('is of roots that Node.js brings along, and holds for them', () => {
    const named = new Set(Object.keys(mozillaConstraints))
    expect(named.size).toBeGreaterThan(0)
    const limited = constrained.filter(({ constraints }) => constraints !== undefined)
    expect(limited.map(({ certificate }) => certificate.fingerprint).sort()).toEqual([...named].sort())
    expect(constrained.map(({ certificate }) => certificate)).toEqual(anchors.map(({ certificate }) => certificate))
  })

  it('is a date after which what one has issued is not trusted', () => {
    expect(constraintsOf('CN=Izenpe.com')?.distrustAfter).toBe(Date.parse('2026-04-15T23:59:59Z') / 1000)
  })

  it('is names that one is limited to', () => {
    expect(constraintsOf('TUBITAK')?.names).toEqual([{ permitted: [{ type: 'dns', value: '.tr' }], excluded: [] }])
  })

  it('is that one is no longer trusted for servers', () => {
    const constraints = constraintsOf('CN=emSign ECC Root CA - G3')
    if (constraints === undefined) throw new Error('nothing is said of that root')
    expect(trustFor(constraints, purposeOids.serverAuth)).toBe('rejected')
    expect(trustFor(constraints, purposeOids.emailProtection)).toBe('trusted')
  })

  it('says nothing of roots that are not there', () => {
    expect(constrainedByMozilla([])).toEqual([])
  })
})
