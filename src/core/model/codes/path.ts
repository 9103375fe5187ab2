import { row } from '../code-row.ts'
import { spanBetween } from '../instant.ts'
import type { LimitName, ProcessLimitName } from '../limits.ts'

/** Faults of the path: that there is none, that it ends nowhere, that its time is not now. */
export const pathCodes = {
  'issuer-not-found': row<{ issuer: string; authorityKeyIdentifier?: string; setAside?: readonly string[] }>({
    distance: 60,
    reference: 'RFC 5280 §6.1',
    title: 'The certificate of the issuer is neither in the request nor among the trust anchors',
    message: ({ issuer, setAside }) =>
      `The issuer ${issuer} of this certificate was not found among the certificates sent or the trust anchors.${
        setAside === undefined ? '' : ` Set aside: ${setAside.join('; ')}.`
      }`,
    remedy:
      'Send the missing intermediate certificate after the first one (servers have to send it too), or add the CA to the trust anchors.',
    openssl: [2, 20, 21]
  }),
  'self-signed-not-trusted': row<{ subject: string; isAnchor: boolean }>({
    distance: 50,
    reference: 'RFC 5280 §6.1',
    title: 'The certificate is self-signed and not a trust anchor',
    message: ({ subject, isAnchor }) =>
      isAnchor
        ? `The certificate ${subject} is a trust anchor, and the request does not accept one as the end entity (anchorRules.acceptTarget).`
        : `The certificate ${subject} is self-signed, and nobody has declared it trusted.`,
    remedy: 'If you trust it, put this very certificate into the CA bundle or a trust store; else get one from a CA.',
    openssl: [18]
  }),
  'root-not-trusted': row<{ subject: string }>({
    distance: 50,
    reference: 'RFC 5280 §6.1.1',
    title: 'The path ends at a self-signed root that is not a trust anchor',
    message: ({ subject }) => `The path ends at the root ${subject}, which is not among the trust anchors.`,
    remedy: 'If this root is to be trusted, put it into the CA bundle or a trust store.',
    openssl: [19]
  }),
  'name-chaining-broken': row<{ issuer: string; subject: string }>({
    distance: 40,
    reference: 'RFC 5280 §6.1.3 (a)(4)',
    title: 'The issuer name is not the subject name of the certificate above',
    message: ({ issuer, subject }) =>
      `The certificate names ${issuer} as its issuer, but the one above it is ${subject}.`,
    remedy: 'Send the certificate of the named issuer.',
    openssl: [29]
  }),
  'key-identifier-mismatch': row<{ authorityKeyIdentifier: string; subjectKeyIdentifier: string; source: string }>({
    distance: 40,
    reference: 'RFC 5280 §4.2.1.1',
    title: 'A certificate of the issuer’s name was set aside, since it has another key',
    message: ({ authorityKeyIdentifier, subjectKeyIdentifier, source }) =>
      `${source} has the issuer’s name, but its key ${subjectKeyIdentifier} is not ${authorityKeyIdentifier}, which signed this certificate.`,
    remedy: 'Use the certificate of the issuer’s present key.',
    openssl: [30, 31]
  }),
  'path-loop': row<{ source: string }>({
    distance: 40,
    reference: 'RFC 4158 §2.4.2',
    title: 'The path would lead through the same CA twice',
    message: ({ source }) => `The path would come back to the CA of ${source}.`,
    remedy: 'Nothing has to be done: such paths are given up in favour of shorter ones.',
    openssl: [55]
  }),
  'limit-reached': row<{ limit: LimitName | ProcessLimitName; allowed: number }>({
    distance: 1,
    reference: 'RFC 4158 §3.5',
    title: 'The search was ended at a limit of the service',
    message: ({ limit, allowed }) =>
      `The validation was ended at the limit ${limit} of ${allowed}, so there is no certain verdict.`,
    remedy:
      'Send fewer certificates: only those that belong to the chain. The limits can be raised where the service is configured.'
  }),
  'fetching-unavailable': row({
    distance: 1,
    reference: 'RFC 5280 §4.2.2.1',
    title: 'Nothing was fetched, since this service does not fetch',
    message: () =>
      'The request allows fetching, but fetching is switched off in this service: only what was sent was used.',
    remedy: 'Send the missing intermediates and CRLs with the request.'
  }),
  'intermediate-fetched': row<{ source: string; subject: string }>({
    distance: 1,
    reference: 'RFC 8446 §4.4.2',
    title: 'An intermediate certificate was not sent and had to be fetched',
    message: ({ source, subject }) =>
      `The certificate of ${subject} was not sent; it was ${source.replace('fetched:', 'fetched from ')}.`,
    remedy: 'Have whoever presents the chain send this certificate as well: most who validate fetch nothing, and fail.'
  }),
  'not-yet-valid': row<{ notBefore: string; validAt: string }>({
    distance: 2,
    reference: 'RFC 5280 §6.1.3 (a)(2)',
    title: 'The certificate is not valid yet',
    message: ({ notBefore, validAt }) =>
      `The certificate is valid from ${notBefore}, ${spanBetween(validAt, notBefore)} after the time of validation.`,
    remedy: 'Check the clock of the machine; otherwise wait, or use the certificate that this one is to replace.',
    openssl: [9]
  }),
  expired: row<{ notAfter: string; validAt: string }>({
    distance: 2,
    reference: 'RFC 5280 §6.1.3 (a)(2)',
    title: 'The certificate has expired',
    message: ({ notAfter, validAt }) =>
      `The certificate expired on ${notAfter}, ${spanBetween(notAfter, validAt)} before the time of validation.`,
    remedy:
      'Renew the certificate and install the new one. If it is not the first of the chain, its CA has a newer one.',
    openssl: [10]
  })
}
