import type { policyCodes } from '#dist/core/model/codes/policies.js'
import { extension, intermediate, server } from '../../support/authority.ts'
import { oid, sequence } from '../../support/der-writer.ts'
import { below, type CodeCases, ca, serverExtensions } from '../code-case.ts'

const policies = (...oids: readonly string[]) =>
  extension('2.5.29.32', sequence(...oids.map((each) => sequence(oid(each)))))
const issuing = intermediate(ca, 'Example Issuing CA')
const own = '1.3.6.1.4.1.55555.7.1'

export const policyCases: CodeCases<keyof typeof policyCodes> = {
  'policy-not-acceptable': () => ({
    // The intermediate lacks the policy of the certificate below it.
    request: below(
      [server(issuing, 'www.example.com', { extensions: [...serverExtensions, policies(own)] }), issuing],
      {
        policies: { initial: [own], requireExplicit: true }
      }
    ),
    certificate: 1,
    message:
      /^The request requires a certificate policy that is valid for the whole path, one of 1\.3\.6\.1\.4\.1\.55555\.7\.1\. None is left at this certificate/,
    reference: 'RFC 5280 §6.1.3 (f), RFC 9618 §5.3',
    openssl: /^\s*$/
  }),
  'policy-extension-invalid': () => ({
    request: below([server(ca, 'www.example.com', { extensions: [...serverExtensions, policies(own, own)] })]),
    certificate: 0,
    message: /^The extension certificatePolicies cannot be used: /,
    openssl: /X509v3 Certificate Policies/
  })
}
