import type { Certificate } from '../../model/certificate.ts'
import type { PublicKey } from '../../model/public-key.ts'
import type { RevocationStatus } from '../../model/revocation.ts'

/** The issuer of a certificate, with its working key, validated by the path that it stands in. */
export interface OcspIssuer {
  readonly certificate: Certificate
  readonly key: PublicKey
}

/** What other evidence says of a responder's own certificate, which the issuer has issued. */
export type StatusOfResponder = (certificate: Certificate) => RevocationStatus

/** The certificate that responses are asked about. */
export interface OcspQuestion {
  readonly certificate: Certificate
  readonly issuer: OcspIssuer
  /** Undefined where only what the issuer itself has signed is heard: so the status of a responder is told by no other responder. */
  readonly statusOfResponder: StatusOfResponder | undefined
}
