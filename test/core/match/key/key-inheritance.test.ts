import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inheritParameters, workingKeys } from '#dist/core/match/key/key-inheritance.js'
import { verifySignature } from '#dist/core/match/key/signature.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { integer, spkiOf } from '../../../support/der-writer.ts'
import { algorithm, keyFrom, readKey, signedBy } from '../../../support/signing.ts'

const pair = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
const whole = keyFrom(pair)
const value = whole.type === 'dsa' ? whole.value : new Uint8Array()
const bare = readKey(spkiOf('1.2.840.10040.4.1', undefined, value))
const ec = keyFrom(generateKeyPairSync('ec', { namedCurve: 'P-256' }))

describe('DSA parameters that are inherited (RFC 5280 §6.1.4 (d) to (f))', () => {
  it('makes the key whole with its issuer’s parameters, so that it verifies', () => {
    const working = inheritParameters(bare, whole)
    expect(working).toEqual(whole)
    expect(verifySignature(signedBy(pair, 'sha1', algorithm('1.2.840.10040.4.3')), working)).toBeUndefined()
  })

  it('gives the same object for the same keys', () => {
    expect(inheritParameters(bare, whole)).toBe(inheritParameters(bare, whole))
    const twin: PublicKey = { ...whole }
    expect(inheritParameters(bare, twin)).not.toBe(inheritParameters(bare, whole))
  })

  it('leaves a key with parameters of its own, and a key of another kind, as they are', () => {
    expect(inheritParameters(whole, { ...whole })).toBe(whole)
    expect(inheritParameters(ec, whole)).toBe(ec)
  })

  it('inherits nothing from a key of another kind, or from none', () => {
    expect(inheritParameters(bare, ec)).toBe(bare)
    expect(inheritParameters(bare, bare)).toBe(bare)
    expect(inheritParameters(bare, undefined)).toBe(bare)
  })

  it('does not join a public value to parameters that are too small for it', () => {
    const larger = readKey(spkiOf('1.2.840.10040.4.1', undefined, integer(1n << 1024n)))
    expect(inheritParameters(larger, whole)).toBe(larger)
  })

  it('hands parameters down over several certificates, and not past a key of another kind', () => {
    expect(workingKeys([bare, bare, whole])).toEqual([whole, whole, whole])
    expect(workingKeys([bare, ec, whole])).toEqual([bare, ec, whole])
    expect(workingKeys([bare, undefined, whole])).toEqual([bare, undefined, whole])
  })
})
