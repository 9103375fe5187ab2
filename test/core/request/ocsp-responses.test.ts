import { describe, expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import { readOcspResponses } from '#dist/core/request/ocsp-responses.js'
import { responseWith } from '../../support/ocsp.ts'

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
const tryLater = base64(responseWith(3))
const read = (texts: readonly string[], most = 10) => readOcspResponses(texts, most, defaultLimits)

describe('the OCSP responses of a request', () => {
  it('are read, with their places', () => {
    expect(read([tryLater, `${tryLater.slice(0, 3)}\n${tryLater.slice(3)}`])).toMatchObject({
      kind: 'read',
      responses: [
        { source: 'ocspResponses[0]', response: { status: 'tryLater' } },
        { source: 'ocspResponses[1]', response: { status: 'tryLater' } }
      ],
      warnings: []
    })
  })

  it('are left out where unreadable, with a warning', () => {
    expect(read(['AAAA', tryLater])).toMatchObject({
      kind: 'read',
      responses: [{ source: 'ocspResponses[1]' }],
      warnings: [
        {
          code: 'object-ignored',
          certificate: null,
          severity: 'warning',
          details: { source: 'ocspResponses[0]', reason: expect.stringMatching('^the OCSPResponse ') }
        }
      ]
    })
  })

  it('refuse the request where none of them is one', () => {
    expect(read(['AAAA', '?'])).toEqual({
      kind: 'unreadable',
      errors: [
        { pointer: '/ocspResponses/0', code: 'ocsp-response-malformed', detail: expect.stringMatching('OCSPResponse') },
        {
          pointer: '/ocspResponses/1',
          code: 'ocsp-response-malformed',
          detail: 'it has a character that is not of base64'
        }
      ]
    })
  })

  it('are counted before they are read', () => {
    expect(read([tryLater, '?'], 1)).toEqual({ kind: 'too-many' })
    expect(read([tryLater, '?'], 2)).toMatchObject({ kind: 'read' })
    expect(read([], 0)).toEqual({ kind: 'read', responses: [], warnings: [] })
  })
})
