import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { intermediate, root, server } from '../support/authority.ts'
import { type EvidenceServer, evidenceServer } from '../support/evidence-server.ts'
import { testFetching } from '../support/fetching-app.ts'
import { authorityInfoAccess } from '../support/locations.ts'
import { testApp } from '../support/service-app.ts'

let files: EvidenceServer
beforeEach(async () => {
  files = await evidenceServer()
})
afterEach(() => files.close())

describe('a chain whose intermediate is missing', () => {
  const ca = root()
  const issuing = intermediate(ca)

  const repair = async (request: object) => {
    const fetching = testFetching()
    const { app } = await testApp({ gathering: () => fetching.gathering() })
    const url = `${files.url}/issuer`
    files.files.set('/issuer', issuing.der)
    const leaf = server(issuing, 'www.example.test', { extensions: [authorityInfoAccess({ caIssuers: [url] })] })
    const payload = { chain: leaf.pem, caBundle: ca.pem, ...request }
    const answer = await app.inject({ method: 'POST', url: '/chain', payload })
    await app.close()
    return { repaired: answer.json(), leaf, url }
  }

  it('is completed with what the certificate says, where that is allowed', async () => {
    const { repaired, leaf, url } = await repair({ fetchIssuers: true })
    expect(repaired).toMatchObject({
      chain: leaf.pem + issuing.pem,
      complete: true,
      changes: [{ action: 'added', to: 1, certificate: { subject: 'CN=Test Intermediate', source: `fetched:${url}` } }],
      verdict: { valid: true, fetches: [{ url, kind: 'issuer', outcome: 'fetched' }] }
    })
    expect(repaired.verdict.path[1]).toMatchObject({ source: 'chain[1]' })
  })

  it('stays as it is without leave', async () => {
    const { repaired, leaf } = await repair({})
    expect(repaired).toMatchObject({ chain: leaf.pem, complete: false, changes: [] })
    expect(files.asked).toEqual([])
  })
})
