import { sign } from 'node:crypto'
import { type Issued, issue, pemOf } from '../support/authority.ts'
import { bitString, sequence } from '../support/der-writer.ts'
import { serverExtensions } from './code-case.ts'

/** A server's certificate whose issuer signs with another algorithm than it usually does. */
export const signedWith = (issuer: Issued, algorithm: Uint8Array, hash: string): Issued => {
  let fields: readonly Uint8Array[] = []
  const whole = issue({
    subject: 'www.example.com',
    issuer,
    extensions: serverExtensions,
    alter: (given) => {
      const altered = given.map((field, at) => (at === 2 ? algorithm : field))
      fields = altered
      return altered
    }
  })
  const tbs = sequence(...fields)
  const der = sequence(tbs, algorithm, bitString(sign(hash, tbs, issuer.key.privateKey)))
  return { ...whole, der, pem: pemOf(der) }
}
