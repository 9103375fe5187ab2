import { expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { usableFor } from '#dist/core/inspect/usable-for.js'
import {
  basicConstraints,
  type ExtensionSpec,
  extendedKeyUsage,
  extension,
  issue,
  keyUsage
} from '../../support/authority.ts'
import { hexBytes } from '../../support/der-writer.ts'

const uses = (...extensions: readonly ExtensionSpec[]): readonly string[] => {
  const read = readCertificate(issue({ subject: 'x', extensions }).der)
  if (!read.ok) throw new Error(read.reason)
  return usableFor(read.value)
}
const any = '2.5.29.37.0'
const [serverAuth, codeSigning, timeStamping] = ['1', '3', '8'].map((last) => `1.3.6.1.5.5.7.3.${last}`)

it.each([
  [
    'that says nothing: all but what has to be named',
    [],
    ['serverAuth', 'clientAuth', 'codeSigning', 'emailProtection']
  ],
  ['of any purpose: the same', [extendedKeyUsage(any)], ['serverAuth', 'clientAuth', 'codeSigning', 'emailProtection']],
  ['of one purpose: that one', [extendedKeyUsage(serverAuth ?? '')], ['serverAuth']],
  ['that names timestamps: those (RFC 3161 §2.3)', [extendedKeyUsage(timeStamping ?? '')], ['timeStamping']],
  ['whose key may only encipher: what is consistent with that', [keyUsage('05 20')], ['serverAuth', 'emailProtection']],
  [
    'whose key usage is at odds with its purpose: nothing',
    [keyUsage('05 20'), extendedKeyUsage(codeSigning ?? '')],
    []
  ],
  ['of a CA: certificates and CRLs', [basicConstraints(true), keyUsage('01 06')], ['certificateSigning', 'crlSigning']],
  ['of a CA that may sign certificates alone', [basicConstraints(true), keyUsage('02 04')], ['certificateSigning']],
  ['that signs certificates without being a CA’s: nothing', [keyUsage('02 04')], []],
  ['whose key usage cannot be read: nothing', [extension('2.5.29.15', hexBytes('30'))], []]
] as const)('a certificate %s', (_, extensions, expected) => {
  expect(uses(...extensions)).toEqual(expected)
})
