import { describe, expect, it } from 'vitest'
import { addressText } from '#dist/http/address.js'

describe('the address of a server', () => {
  it.each([
    [{ address: '127.0.0.1', family: 'IPv4', port: 8080 }, 'http://127.0.0.1:8080'],
    [{ address: '::1', family: 'IPv6', port: 1 }, 'http://[::1]:1'],
    ['/run/socket', '/run/socket']
  ])('is written as people open it', (address, text) => {
    expect(addressText(address)).toBe(text)
  })
})
