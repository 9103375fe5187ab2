import { row } from '../code-row.ts'

/** A CRL or an OCSP response that was looked at and could not decide, and why. */
export type ConsideredEvidence = { readonly source: string; readonly problem: string }

const list = (considered: readonly ConsideredEvidence[]): string =>
  considered.map(({ source, problem }) => `${source} ${problem}`).join('; ')

const staleness = {
  'next-update-passed': 'is out of date',
  'older-than-max-age': 'is older than the request accepts',
  'no-next-update': 'does not say until when it is current, and is older than a day',
  'not-yet-issued': 'is of a time after the time of validation'
} as const

/** Whether certificates are revoked, and the evidence for it. */
export const revocationCodes = {
  revoked: row<{
    readonly reason: string
    readonly at?: string
    readonly invalidityDate?: string
    readonly source: string
  }>({
    distance: 5,
    reference: 'RFC 5280 §6.3.3',
    title: 'The certificate was revoked by its issuer',
    message: ({ reason, at, source }) =>
      `The certificate was revoked${at === undefined ? '' : ` on ${at}`} (${reason}), as ${source} says.`,
    remedy:
      'Use another certificate: a revoked one does not become valid again. Make a new key if the old one may be known.',
    openssl: [23]
  }),
  'revocation-unknown': row<{
    readonly why: 'no-evidence' | 'no-usable-evidence'
    readonly considered: readonly ConsideredEvidence[]
  }>({
    distance: 1,
    reference: 'RFC 5280 §6.3.3',
    title: 'It is not known whether the certificate is revoked',
    message: ({ why, considered }) =>
      why === 'no-evidence'
        ? 'It is not known whether the certificate is revoked: there is no CRL of its issuer, and no OCSP response.'
        : `It is not known whether the certificate is revoked: ${list(considered)}.`,
    remedy:
      'Send a current OCSP response for the certificate or a current, complete CRL of its issuer, or do not require revocation to be known.',
    openssl: [3, 75]
  }),
  'revocation-stale': row<{
    readonly why: keyof typeof staleness
    readonly source: string
    readonly thisUpdate?: string
    readonly nextUpdate?: string
    readonly considered: readonly ConsideredEvidence[]
  }>({
    distance: 1,
    reference: 'RFC 5280 §6.3.3 (a)',
    title: 'The evidence that the certificate is not revoked is not current',
    message: ({ why, source, thisUpdate, nextUpdate }) => {
      const issued = thisUpdate === undefined ? '' : `, issued ${thisUpdate}`
      const until = nextUpdate === undefined ? '' : `, to be replaced by ${nextUpdate}`
      return `It is not known whether the certificate is revoked: ${source} ${staleness[why]}${issued}${until}.`
    },
    remedy: 'Send the present OCSP response for the certificate or the present CRL of its issuer, and check the clock.',
    openssl: [11, 12, 98, 99]
  }),
  'revocation-unreachable': row<{ readonly places: readonly { readonly url: string; readonly reason: string }[] }>({
    distance: 1,
    reference: 'RFC 5280 §6.3.3 (a)',
    title: 'What tells whether the certificate is revoked could not be fetched',
    message: ({ places }) =>
      `It is not known whether the certificate is revoked: ${places.map(({ url, reason }) => `${url} ${reason}`).join('; ')}.`,
    remedy:
      'See that these places are up and that the service may ask them, and ask again; or send CRLs and OCSP responses with the request.',
    openssl: [100]
  }),
  'crl-invalid': row<{ readonly source?: string; readonly reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §5.1',
    title: 'A CRL cannot be used, since it is not as it must be',
    message: ({ source, reason }) => `${source ?? 'The CRL'} ${reason}.`,
    remedy: 'Fetch the CRL again from its issuer; if it is the same there, its issuer has to mend it.',
    openssl: [8, 35, 36, 101]
  }),
  'crl-signer-not-found': row<{ readonly source: string; readonly reason: string }>({
    distance: 1,
    reference: 'RFC 5280 §6.3.3 (f)',
    title: 'The certificate of the key that signed a CRL is missing',
    message: ({ source, reason }) => `${source} ${reason}.`,
    remedy:
      'Send the certificate of the CRL’s signer among the intermediates, and those that lead from it to the trust anchor.',
    openssl: [33]
  }),
  'crl-signer-not-valid': row<{ readonly source: string; readonly reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §6.3.3 (f)',
    title: 'The signer of a CRL has no valid path of its own to the same trust anchor',
    message: ({ source, reason }) => `${source} ${reason}.`,
    remedy:
      'Send what the path of the CRL’s signer lacks, as certificates or CRLs; else use a CRL that the issuer itself has signed.',
    openssl: [54]
  }),
  'crl-scope-mismatch': row<{ readonly source: string; readonly reason: string }>({
    distance: 1,
    reference: 'RFC 5280 §6.3.3 (b)',
    title: 'A CRL does not cover the certificate',
    message: ({ source, reason }) => `${source} ${reason}.`,
    remedy: 'Send the CRL that the certificate’s CRL distribution points name.',
    openssl: [44]
  }),
  'ocsp-response-invalid': row<{ readonly source?: string; readonly reason: string }>({
    distance: 3,
    reference: 'RFC 6960 §3.2',
    title: 'An OCSP response cannot be used, since it is not as it must be',
    message: ({ source, reason }) => `${source ?? 'The OCSP response'} ${reason}.`,
    remedy: 'Ask the responder again; if the answer is the same, whoever runs it has to mend it.',
    openssl: [96]
  }),
  'ocsp-responder-not-authorized': row<{ readonly source: string; readonly reason: string }>({
    distance: 3,
    reference: 'RFC 6960 §4.2.2.2',
    title: 'An OCSP response is signed by somebody who may not answer for the certificate’s issuer',
    message: ({ source, reason }) => `${source} ${reason}.`,
    remedy:
      'Have the responder sign with the key of the certificate’s issuer, or with a current certificate for OCSP signing that this issuer has issued directly.',
    openssl: [97]
  }),
  'staple-required': row({
    distance: 3,
    reference: 'RFC 7633 §4.3.3',
    title: 'The certificate promises an OCSP response with every handshake, and none came that can be used',
    message: () =>
      'The certificate says that its server always staples an OCSP response (TLS feature status_request), and none came in ocspResponses that shows the certificate to be good.',
    remedy: 'Pass on the OCSP response of the handshake; if there was none, turn stapling on at the server.'
  }),
  'no-rev-avail-conflict': row<{ readonly extension: string; readonly reason: string }>({
    distance: 5,
    reference: 'RFC 9608 §3',
    title: 'The certificate says that its revocation is never published, and contradicts itself',
    message: ({ extension, reason }) =>
      `The certificate has noRevAvail, which contradicts its ${extension}: ${reason}.`,
    remedy: 'Have the certificate issued anew, without noRevAvail or without what contradicts it.'
  })
}
