import type { trustCodes } from '#dist/core/model/codes/trust.js'
import { pemOf, server } from '../../support/authority.ts'
import { explicit, oid, sequence } from '../../support/der-writer.ts'
import { below, type CodeCases, ca, serverAuth } from '../code-case.ts'

const clientAuth = '1.3.6.1.5.5.7.3.2'
const leaf = server(ca, 'www.example.com')
/** As `openssl x509 -addtrust` and `-addreject` write it. */
const trusting = (purpose: string): string =>
  pemOf(Buffer.concat([ca.der, sequence(sequence(oid(purpose)))]), 'TRUSTED CERTIFICATE')
const rejecting = (purpose: string): string =>
  pemOf(Buffer.concat([ca.der, sequence(explicit(0, oid(purpose)))]), 'TRUSTED CERTIFICATE')

export const trustCases: CodeCases<keyof typeof trustCodes> = {
  distrusted: () => ({
    request: below([leaf], { caBundle: rejecting(serverAuth), purpose: 'serverAuth' }),
    certificate: 1,
    message: 'The trust store rejects CN=Example CA for serverAuth.',
    openssl: /Rejected Uses:\s+TLS Web Server Authentication/
  }),
  'anchor-constraint-violated': () => ({
    request: below([leaf], { caBundle: trusting(clientAuth), purpose: 'serverAuth' }),
    certificate: 1,
    message: 'The trust store trusts CN=Example CA for clientAuth alone, and serverAuth is asked for.',
    openssl: /Trusted Uses:\s+TLS Web Client Authentication/
  })
}
