import { describe, expect, it } from 'vitest'
import type { SignatureOutcome } from '#dist/core/model/memory.js'
import type { MaterialField, ReadField } from '#dist/core/model/read-field.js'
import { readField } from '#dist/core/request/material.js'
import { issue, pemOf, root } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'

const ca = root()
const crl = pemOf(crlOf({ issuer: ca }), 'X509 CRL')
const key = ca.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const request = pemOf(issue({ subject: 'x' }).der, 'CERTIFICATE REQUEST')

describe('a text that is remembered', () => {
  const memory = (fields: Map<MaterialField, ReadField>) => ({
    certificate: () => undefined,
    signature: (_signed: unknown, _key: unknown, find: () => SignatureOutcome) => find(),
    fieldsOf: (text: string) => (text === ca.pem ? fields : undefined)
  })

  it('is read once, as long as it comes in the same field', () => {
    const fields = new Map<MaterialField, ReadField>()
    const read = (field: MaterialField, most = 10) => readField(field, ca.pem, most, 64, memory(fields))
    const first = read('intermediates')
    expect(read('intermediates')).toBe(first)
    expect(read('caBundle')).toMatchObject({ certificates: [{ source: 'caBundle[0]' }] })
    expect(read('crls')).toMatchObject({ kind: 'unreadable' })
    expect([...fields.keys()]).toEqual(['caBundle'])
    expect(read('caBundle', 0)).toEqual({ kind: 'too-many' })
    expect(read('intermediates')).toEqual(first)
    expect(read('intermediates')).not.toBe(first)
  })

  it('is the only one', () => {
    const fields = new Map<MaterialField, ReadField>()
    expect(readField('chain', `${ca.pem}\n`, 10, 64, memory(fields))).toMatchObject({ count: 1 })
    expect(fields.size).toBe(0)
  })
})

describe('a field that is not empty and yields nothing', () => {
  it.each([
    ['chain', key, 'chain-empty', 'It holds no certificate: there is a private key alone.'],
    ['chain', crl, 'chain-empty', 'It holds no certificate: a CRL has its place in crls.'],
    [
      'intermediates',
      request,
      'pem-malformed',
      'It holds no certificate: it is a PEM block labelled CERTIFICATE REQUEST.'
    ],
    [
      'caBundle',
      key,
      'private-key-refused',
      'It holds no certificate: a private key has no place here; it was dropped unread.'
    ],
    ['crls', ca.pem, 'pem-malformed', 'It holds no CRL: a certificate is no CRL.']
  ] as const)('tells what was found in %s in its place', (field, block, code, detail) => {
    expect(readField(field, `text\n${block}`, 10)).toEqual({
      kind: 'unreadable',
      errors: [{ pointer: `/${field}`, code, detail, line: 2 }]
    })
    expect(readField(field, ['', block], 10)).toMatchObject({ errors: [{ pointer: `/${field}/1`, code, line: 1 }] })
  })

  it.each(['chain', 'intermediates', 'caBundle', 'crls'] as const)('may be an array of nothing: %s', (field) => {
    const wanted = field === 'crls' ? 'CRL' : 'certificate'
    const detail = `It holds no ${wanted}: neither a PEM block nor DER was found.`
    expect(readField(field, [''], 10)).toMatchObject({ kind: 'unreadable', errors: [{ pointer: `/${field}`, detail }] })
  })
})

describe('an empty field', () => {
  const fields: readonly MaterialField[] = ['intermediates', 'caBundle', 'crls']

  it.each(fields.flatMap((field) => [field, field].map((name, at) => [name, at === 0 ? '' : []] as const)))(
    'is no fault: %s, %j',
    (field, material) => {
      expect(readField(field, material, 10)).toMatchObject({ certificates: [], crls: [], warnings: [], count: 0 })
    }
  )

  it('is one where it is chain', () => {
    const errors = [{ pointer: '/chain', code: 'chain-empty', detail: 'It is empty; it needs a certificate.' }]
    expect(readField('chain', '', 10)).toEqual({ kind: 'unreadable', errors })
    expect(readField('chain', [], 10)).toEqual({ kind: 'unreadable', errors })
  })
})
