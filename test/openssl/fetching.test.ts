import { afterEach, expect, it } from 'vitest'
import { digitalSignature, extendedKeyUsage, type Issued, issue, keyUsage, root, server } from '../support/authority.ts'
import { describeWith } from '../support/engines.ts'
import { fetchingApp } from '../support/fetching-app.ts'
import { authorityInfoAccess } from '../support/locations.ts'
import { noCheck } from '../support/ocsp.ts'
import { opensslResponder, type Responder, type ResponderSpec } from '../support/openssl-responder.ts'
import { hour, utcDigits } from '../support/times.ts'
import { errorsOf } from '../support/verdicts.ts'

const ca = root()
const delegated = issue({
  subject: 'Responder',
  issuer: ca,
  extensions: [keyUsage(digitalSignature), extendedKeyUsage('1.3.6.1.5.5.7.3.9'), noCheck]
})

describeWith('openssl', 'OpenSSL’s responder', () => {
  let responder: Responder | undefined

  afterEach(() => responder?.close())

  const running = async (spec: Partial<ResponderSpec>): Promise<string> => {
    const index = [{ serialNumber: 1n }, { serialNumber: 2n, revokedAt: utcDigits(-hour), reason: 'keyCompromise' }]
    responder = await opensslResponder({ issuer: ca, signer: ca, index, ...spec })
    return responder.url
  }

  const leaf = (url: string, serialNumber: bigint, issuer: Issued = ca): Issued =>
    server(issuer, 'www.example.test', { serialNumber, extensions: [authorityInfoAccess({ ocsp: [url] })] })

  const asked = async (certificate: Issued) => {
    const { ask, fetching } = await fetchingApp()
    // What it answers is as of the present second, which may be later here than there.
    const verdict = await ask({
      chain: certificate.pem,
      caBundle: ca.pem,
      clockSkew: 5,
      revocation: { mode: 'require', fetch: true }
    })
    return { verdict, counts: Object.fromEntries(fetching.counters.outcomes) }
  }

  it.each([
    ['the CA itself', ca],
    ['a responder that the CA has delegated', delegated]
  ])('is believed where it signs as %s', async (_who, signer) => {
    const url = await running({ signer })
    const good = await asked(leaf(url, 1n))
    expect([good.verdict.outcome, good.verdict.errors, good.counts]).toEqual(['valid', [], { 'ocsp fetched': 1 }])
    const revoked = await asked(leaf(url, 2n))
    expect([revoked.verdict.outcome, errorsOf(revoked.verdict)]).toEqual(['invalid', [['revoked', 0]]])
    expect(revoked.verdict.errors[0]?.details).toMatchObject({ reason: 'keyCompromise', source: `fetched:${url}` })
    const unheardOf = await asked(leaf(url, 3n))
    expect([unheardOf.verdict.outcome, errorsOf(unheardOf.verdict)]).toEqual([
      'indeterminate',
      [['revocation-unknown', 0]]
    ])
  })

  it('is not believed where its signature is wrong', async () => {
    const url = await running({ parameters: ['-badsig'] })
    const { verdict } = await asked(leaf(url, 1n))
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['indeterminate', [['revocation-unknown', 0]]])
  })

  it('is not believed where it signs as somebody of whom the CA knows nothing', async () => {
    const url = await running({ signer: root('Stranger') })
    const { verdict } = await asked(leaf(url, 1n))
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['indeterminate', [['revocation-unknown', 0]]])
  })

  it('leaves the verdict open when it is down', async () => {
    const url = await running({})
    await responder?.close()
    responder = undefined
    const { verdict } = await asked(leaf(url, 1n))
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['indeterminate', [['revocation-unreachable', 0]]])
    expect(verdict.fetches).toEqual([
      { url, kind: 'ocsp', outcome: 'failed', reason: 'cannot be reached (ECONNREFUSED)' }
    ])
  })
})
