import { getCACertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { readAnchors } from '#dist/core/decode/input/read-anchors.js'
import { validate } from '#dist/index.js'

const roots = getCACertificates('bundled')

describe('the roots of Mozilla’s program', () => {
  it('are read without a fault', () => {
    expect(roots.length).toBeGreaterThan(100)
    const { anchors, refused } = readAnchors(Buffer.from(roots.join('\n')), 'trustStore:mozilla')
    const certificates = anchors.map(({ certificate }) => certificate)
    expect(refused).toEqual([])
    expect(certificates).toHaveLength(roots.length)
    expect(certificates.flatMap(({ faults, subject }) => faults.map(({ code }) => [subject.text, code]))).toEqual([])
  })

  it('are valid as their own anchors, each on its own', () => {
    for (const root of roots) {
      const outcome = validate({ chain: root, caBundle: root, time: '2026-06-01T00:00:00Z', securityLevel: 1 })
      const errors = outcome.kind === 'verdict' ? outcome.verdict.errors.map(({ code }) => code) : [outcome.code]
      // A root may have run out since this was written; nothing else may be wrong with it.
      expect(errors.filter((code) => code !== 'expired' && code !== 'not-yet-valid')).toEqual([])
    }
  })
})
