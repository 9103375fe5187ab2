import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { unconstrained } from '#dist/core/model/anchor-constraints.js'
import type { StoreFileContents } from '#dist/trust/contents.js'
import { makeStore } from '#dist/trust/make-store.js'
import { type Issued, pemOf, root } from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'

const [one, two] = [root('One'), root('Two')]
const crl = pemOf(crlOf({ issuer: one }), 'X509 CRL')
const fingerprintOf = ({ der }: Issued): string => createHash('sha256').update(der).digest('hex')

const file = (path: string, text: string, use: StoreFileContents['use'] = 'anything'): StoreFileContents => ({
  path,
  octets: Buffer.from(text),
  use
})
const constraints = (document: unknown, path = 'ca.constraints.json'): StoreFileContents =>
  file(path, JSON.stringify(document), 'constraints')
const made = async (...files: readonly StoreFileContents[]) => {
  const result = await makeStore('own', '1', files)
  if ('fault' in result) throw new Error(result.fault.reason)
  return result
}

describe('a store that is made of files', () => {
  it('has their anchors and CRLs, with its name as their source', async () => {
    const { store, refused } = await made(file('a.pem', one.pem), file('b.pem', two.pem + crl))
    expect(store.anchors.map(({ certificate, source }) => [certificate.fingerprint, source])).toEqual([
      [fingerprintOf(one), 'trustStore:own'],
      [fingerprintOf(two), 'trustStore:own']
    ])
    expect(store.crls.map(({ source }) => source)).toEqual(['trustStore:own'])
    expect(refused).toEqual([])
  })

  it('takes no anchors from a file that is named as one of CRLs', async () => {
    const { store, refused } = await made(file('a.0', one.pem, 'certificates'), file('a.r0', crl + two.pem, 'crls'))
    expect(store.anchors.map(({ certificate }) => certificate.fingerprint)).toEqual([fingerprintOf(one)])
    expect(store.crls).toHaveLength(1)
    expect(refused).toEqual([
      { path: 'a.r0', line: undefined, reason: 'it has certificates, and its name says that it is of CRLs' }
    ])
  })

  it('limits its anchors by all files of constraints, wherever these stand', async () => {
    const { store } = await made(
      constraints({ '*': { purposes: ['serverAuth', 'clientAuth'] } }),
      file('a.pem', one.pem),
      file('b.pem', two.pem),
      constraints({ [fingerprintOf(two)]: { purposes: ['serverAuth'], distrustAfter: '1970-01-01T00:00:07Z' } }, 'b')
    )
    const [server, client] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']
    expect(store.anchors.map(({ constraints }) => constraints)).toEqual([
      { ...unconstrained, purposes: [server, client] },
      { ...unconstrained, purposes: [server], distrustAfter: 7 }
    ])
  })

  it.each([
    ['are no JSON', file('c', '{', 'constraints'), 'it is not JSON'],
    ['could not be read', { path: 'c', fault: 'it is not there', use: 'constraints' } as const, 'it is not there'],
    [
      'name anchors that it does not have',
      constraints({ [fingerprintOf(two)]: { policies: ['1.2.3'] } }, 'c'),
      `/${fingerprintOf(two)} is the fingerprint of no anchor of this store`
    ],
    [
      'have many faults, of which some are told',
      constraints({ '*': { policies: Array(20).fill('x') } }, 'c'),
      expect.stringMatching(/^(\/\*\/policies\/\d+ must be an OID in dotted form; ){16}and 4 more faults$/)
    ]
  ])('is not made where its constraints %s', async (_what, broken, reason) => {
    expect(await makeStore('own', '1', [file('a.pem', one.pem), broken])).toEqual({
      fault: { path: 'c', line: undefined, reason }
    })
  })
})
