import type { RefusalCode } from '../core/model/request.ts'

/** Problems of trust stores and of who may change them. */
type TrustStoreCode =
  | 'not-authenticated'
  | 'changes-disabled'
  | 'not-acceptable'
  | 'trust-store-conflict'
  | 'trust-store-limit'
  | 'trust-store-empty'
  | 'trust-store-version-gone'
  | 'certificate-not-ca'
  | 'precondition-failed'
  | 'rate-limited'
  | 'storage-unavailable'

/** Problems that the service itself raises, beside those of the core. */
type ServiceCode =
  | TrustStoreCode
  | 'request-malformed'
  | 'body-malformed'
  | 'field-unknown'
  | 'not-found'
  | 'method-not-allowed'
  | 'request-timeout'
  | 'body-too-large'
  | 'content-type-unsupported'
  | 'expectation-failed'
  | 'header-too-large'
  | 'internal-error'
  | 'overloaded'

export type ProblemCode = RefusalCode | ServiceCode

/** Every code of a problem, once: the status it has unless the case says otherwise, and what it means in general. */
export const problemCodes: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
  'request-malformed': [400, 'The request is not well-formed HTTP'],
  'body-malformed': [400, 'The body cannot be read as what its content type says'],
  'field-unknown': [400, 'The request has a field that is not known'],
  'field-invalid': [400, 'A field of the request has a value that it must not have'],
  'option-conflict': [400, 'Two options of the request contradict each other'],
  'trust-store-not-found': [400, 'A trust store of that name is not there'],
  'not-authenticated': [401, 'The request has no token that may do this'],
  'changes-disabled': [403, 'Trust stores are not changed by requests here'],
  'not-found': [404, 'There is nothing at this path'],
  'method-not-allowed': [405, 'This path does not take that method'],
  'not-acceptable': [406, 'The answer cannot be given in a form that the client takes'],
  'request-timeout': [408, 'The request did not arrive in time'],
  'trust-store-conflict': [409, 'The trust store is not one that this change can be made of'],
  'trust-store-limit': [409, 'There are as many trust stores as there may be'],
  'trust-store-version-gone': [410, 'The content of that version is kept no longer'],
  'precondition-failed': [412, 'The trust store is not as the request says that it must be'],
  'body-too-large': [413, 'The body is over a limit'],
  'too-many-certificates': [413, 'The request holds more certificates than the service takes'],
  'content-type-unsupported': [415, 'The body has a content type that is not taken here'],
  'expectation-failed': [417, 'The request expects what the service does not do'],
  'chain-empty': [422, 'There is no certificate in what was sent'],
  'trust-store-empty': [422, 'The trust store would hold no certificate'],
  'certificate-not-ca': [422, 'A certificate is not that of a CA'],
  'pem-malformed': [422, 'PEM text cannot be read'],
  'certificate-malformed': [422, 'A certificate cannot be read'],
  'crl-malformed': [422, 'A CRL cannot be read'],
  'ocsp-response-malformed': [422, 'An OCSP response cannot be read'],
  'container-unsupported': [422, 'What was sent is a container that is not taken here'],
  'private-key-refused': [422, 'A private key is where none may be'],
  'limit-reached': [422, 'It costs more than one request may'],
  'rate-limited': [429, 'There were too many requests or attempts'],
  'header-too-large': [431, 'The header fields of the request are too large'],
  'internal-error': [500, 'The service failed'],
  overloaded: [503, 'The service is busy'],
  'storage-unavailable': [507, 'Nothing can be kept']
}
