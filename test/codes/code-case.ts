import { X509Certificate } from 'node:crypto'
import type { Code } from '#dist/core/model/codes.js'
import type { ValidationRequest } from '#dist/core/model/request.js'
import {
  alternativeNames,
  digitalSignature,
  type ExtensionSpec,
  extendedKeyUsage,
  type Issued,
  keyUsage,
  root
} from '../support/authority.ts'

/** A chain that really has a fault, made as people make it by mistake, and what is to be told of it. */
export interface CodeCase {
  readonly request: ValidationRequest<string>
  /** Where the finding stands: an index in the path, or null. */
  readonly certificate: number | null
  /** Among the warnings, where the fault does not make the path invalid. */
  readonly warning?: true
  /** Asked of a service that fetches nothing. */
  readonly offline?: true
  /** The message, or what must stand in it. */
  readonly message: string | RegExp
  /** Where it is closer than that of the table. */
  readonly reference?: string
  /** What the command line of the explanation prints for this very chain. */
  readonly openssl: RegExp
}

export type CodeCases<C extends Code> = Readonly<Record<C, () => CodeCase>>

/** Within the validity of what is issued; that of the evidence is January 2026. */
export const time = '2026-01-15T00:00:00Z'

export const ca: Issued = root('Example CA')
export const serverAuth = '1.3.6.1.5.5.7.3.1'
export const serverExtensions: readonly ExtensionSpec[] = [
  keyUsage(digitalSignature),
  extendedKeyUsage(serverAuth),
  alternativeNames(['www.example.com'])
]

/** What OpenSSL says, by its version, where the extension that is asked for is not there. */
export const noExtension = /^(?:No extensions? .*)?\s*$/

export const pemText = (...certificates: readonly Pick<Issued, 'pem'>[]): string =>
  certificates.map(({ pem }) => pem).join('')

/** A request on a chain below the CA. */
export const below = (
  chain: readonly Issued[],
  more: Partial<ValidationRequest<string>> = {}
): ValidationRequest<string> => ({
  time,
  chain: pemText(...chain),
  caBundle: ca.pem,
  ...more
})

export const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')

/** The octets of all certificates in PEM texts, by their fingerprints as paths have them. */
export const byFingerprint = (text: string): ReadonlyMap<string, string> => {
  const blocks =
    text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----\n/g) ?? []
  return new Map(
    blocks.flatMap((pem) => {
      try {
        return [[new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase(), pem] as const]
      } catch {
        return []
      }
    })
  )
}
