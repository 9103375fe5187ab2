import { intermediate, keyPair, root, server } from './authority.ts'

/** A CA of today and one of the past, which both have certified the same issuing CA. */
const issuingKey = keyPair()
export const today = root('Example Root R1', { notBefore: '150101000000', notAfter: '400101000000' })
export const past = root('Example Old Root', { notBefore: '100101000000', notAfter: '250601000000' })
export const issuing = intermediate(today, 'Example Issuing CA', { key: issuingKey, notBefore: '230101000000' })
export const crossSigned = intermediate(past, 'Example Issuing CA', {
  key: issuingKey,
  notBefore: '200101000000',
  notAfter: '250401000000'
})
export const leaf = server(issuing, 'api.example.test', { notBefore: '250601000000' })
export const expired = server(issuing, 'api.example.test', { notBefore: '240901000000', notAfter: '251101000000' })
export const leafKey = String(leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
