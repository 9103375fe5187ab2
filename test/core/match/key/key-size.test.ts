import { describe, expect, it } from 'vitest'
import { oversized } from '#dist/core/match/key/key-size.js'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { root, server } from '../../../support/authority.ts'
import { errorsOf, verdictOn } from '../../../support/verdicts.ts'

const rsa = (bits: number, exponentBits: number): PublicKey => ({
  type: 'rsa',
  spki: new Uint8Array(),
  bits,
  exponentBits,
  pss: undefined
})

describe('size limits of RSA keys', () => {
  it('allows what is as large as the limit, and names the limit beyond it', () => {
    expect(oversized(rsa(8_192, 33), defaultLimits)).toBeUndefined()
    expect(oversized(rsa(8_193, 17), defaultLimits)?.details).toEqual({ limit: 'rsaModulusBits', allowed: 8_192 })
    expect(oversized(rsa(2_048, 34), defaultLimits)?.details).toEqual({ limit: 'rsaExponentBits', allowed: 33 })
  })

  it('does not limit keys of one size', () => {
    expect(oversized({ type: 'ed25519', spki: new Uint8Array(), bits: 256 }, defaultLimits)).toBeUndefined()
  })

  it('leaves the verdict open where a key of the path is larger than allowed, at that certificate', () => {
    const top = root('RSA Root', { key: 'rsa2048' })
    const verdict = verdictOn({ chain: [server(top)], caBundle: [top] }, { rsaModulusBits: 2_047 })
    expect(errorsOf(verdict)).toEqual([['limit-reached', 1]])
    expect(verdict.outcome).toBe('indeterminate')
    expect(verdict.errors[0]?.details).toEqual({ limit: 'rsaModulusBits', allowed: 2_047 })
  })

  it('holds the key of the end entity to it as well', () => {
    const top = root()
    const verdict = verdictOn(
      { chain: [server(top, 'a.test', { key: 'rsa2048' })], caBundle: [top] },
      { rsaModulusBits: 1_024 }
    )
    expect(errorsOf(verdict)).toEqual([['limit-reached', 0]])
  })
})
