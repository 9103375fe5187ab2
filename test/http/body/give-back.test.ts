import { describe, expect, it } from 'vitest'
import { giveBack } from '#dist/http/body/give-back.js'
import { releaseJson } from '#dist/http/body/raw-request.js'

describe('octets that nobody reads any more', () => {
  it('give their memory back where it is theirs alone', () => {
    const octets = new Uint8Array(100)
    giveBack(octets)
    expect([octets.length, octets.buffer.byteLength]).toEqual([0, 0])
    giveBack(octets)
  })

  it('keep it where others are in it', () => {
    const memory = new ArrayBuffer(100)
    const [first, last] = [new Uint8Array(memory, 0, 99), new Uint8Array(memory, 50)]
    giveBack(first)
    giveBack(last)
    const shared = new Uint8Array(new SharedArrayBuffer(100))
    giveBack(shared)
    expect([first.length, last.length, shared.length]).toEqual([99, 50, 100])
  })
})

describe('a body', () => {
  it.each([
    ['application/json', 65_537, 0],
    ['application/json', 65_536, 65_536],
    ['application/x-pem-file', 65_537, 65_537]
  ] as const)('of %s with %d octets has %d when it is read', (mediaType, length, left) => {
    const body = new Uint8Array(length)
    releaseJson({ mediaType, body })
    expect(body.length).toBe(left)
  })
})
