import type { ProblemCode } from './problem-codes.ts'

/** What a problem means, and what can be done about it. */
export interface ProblemExplanation {
  readonly meaning: string
  readonly remedy: string
}

/** Of every problem; where findings have the same code, their explanation comes first. */
export const problemExplanations: Readonly<Record<ProblemCode, ProblemExplanation>> = {
  'request-malformed': {
    meaning:
      'What came over the connection is not a request by HTTP: a line, a header field or the encoding of the path is wrong.',
    remedy: 'Send it with an HTTP library or curl, and percent-encode what stands in the path and the query.'
  },
  'body-malformed': {
    meaning: 'The content type says what the body is, and the body is something else, or breaks off.',
    remedy: 'Send JSON as UTF-8 without a comma too many; with curl use --data-binary, which keeps the lines of PEM.'
  },
  'field-unknown': {
    meaning:
      'A field has a name that the contract does not know. It is refused, since a misspelt option would silently not count.',
    remedy: 'Correct the name: the detail of the answer makes a guess, and GET /openapi.json lists all.'
  },
  'field-invalid': {
    meaning: 'A field is of the wrong type, out of its range, or not what its meaning asks for.',
    remedy: 'Correct the field that the pointer names; GET /openapi.json says what it takes.'
  },
  'option-conflict': {
    meaning: 'Two options ask for opposite things, or one stands both in the body and in the query.',
    remedy: 'Leave out one of the two.'
  },
  'trust-store-not-found': {
    meaning:
      'The request names a trust store that is not there; with status 503 it is a default one that is away for the moment.',
    remedy: 'Look at GET /trust-stores for the names, or send the trust anchors as caBundle.'
  },
  'not-authenticated': {
    meaning: 'The change needs a bearer token of an administrator, and none came, or a wrong one.',
    remedy: 'Send Authorization: Bearer with a token of ADMIN_TOKENS or ADMIN_TOKENS_FILE.'
  },
  'changes-disabled': {
    meaning: 'No token is configured, so nobody can change trust stores over HTTP.',
    remedy: 'Configure ADMIN_TOKENS or ADMIN_TOKENS_FILE, or change the CA files of the service.'
  },
  'not-found': {
    meaning: 'No route of the service has this path, or nothing has this name there.',
    remedy: 'Look at GET /openapi.json for what there is, and at the prefix that a gateway may add.'
  },
  'method-not-allowed': {
    meaning: 'The path is there, but not for this method.',
    remedy: 'Use a method that the Allow field of the answer names.'
  },
  'not-acceptable': {
    meaning: 'The Accept field leaves no form in which the answer can be given.',
    remedy: 'Accept one of the types that the detail names, or leave out the field.'
  },
  'request-timeout': {
    meaning: 'The request did not come whole in the time that there is for it.',
    remedy: 'Send it again over a better connection. The time is set by REQUEST_TIMEOUT_SECONDS.'
  },
  'trust-store-conflict': {
    meaning: 'The trust store is read from files, is a reserved name, or is otherwise not one that requests change.',
    remedy: 'Choose another name, or change its files.'
  },
  'trust-store-limit': {
    meaning: 'As many trust stores are kept as the service allows.',
    remedy: 'Delete one that is no longer needed, or raise MAX_TRUST_STORES.'
  },
  'trust-store-version-gone': {
    meaning: 'The version was there, and its content has been given up for newer ones.',
    remedy: 'Upload the content again. MAX_STORE_VERSIONS says how many are kept.'
  },
  'precondition-failed': {
    meaning: 'Somebody else changed the trust store since you read it, or it is there and must not be.',
    remedy: 'Read it again, look at what has changed, and send the change with the new ETag.'
  },
  'body-too-large': {
    meaning: 'The body is larger than the service takes, or nested too deep, or of too many parts.',
    remedy:
      'Send the chain alone, not a bundle of all CAs; large CRLs belong into a trust store. The limits are in the configuration.'
  },
  'too-many-certificates': {
    meaning: 'The request holds more objects than the service takes; they were counted before they were read.',
    remedy: 'Send the chain and what may belong to it. Roots belong into a trust store. The limit is MAX_CERTIFICATES.'
  },
  'content-type-unsupported': {
    meaning: 'The route does not take bodies of this type, or coded ones.',
    remedy:
      'Send application/json, application/x-pem-file or another type that GET /openapi.json lists, without Content-Encoding.'
  },
  'chain-empty': {
    meaning: 'The chain could be read, and no certificate is in it.',
    remedy:
      'Send the certificate that is to be validated: often it is the key or the request that was sent in its place.'
  },
  'trust-store-empty': {
    meaning: 'After the change the trust store would trust nobody, and everything that asks it would fail.',
    remedy: 'Send at least one CA certificate, or delete the store.'
  },
  'certificate-not-ca': {
    meaning: 'A certificate for a trust store says of itself that it is not that of a CA.',
    remedy: 'Send the certificate of the CA. A server’s certificate is trusted by itself where the detail says how.'
  },
  'pem-malformed': {
    meaning: 'PEM text cannot be read, or holds nothing that can be.',
    remedy: 'Copy the block again, whole, from its BEGIN line to its END line.'
  },
  'certificate-malformed': {
    meaning: 'The first certificate cannot be taken apart, so that there is nothing to be validated.',
    remedy: 'Fetch it again from where it was issued.'
  },
  'crl-malformed': {
    meaning: 'What was sent as CRL cannot be taken apart.',
    remedy: 'Fetch the CRL again; openssl crl -in crl.pem -noout must read it.'
  },
  'ocsp-response-malformed': {
    meaning: 'What was sent as OCSP response cannot be taken apart.',
    remedy:
      'Send the response as the responder gave it, in base64; openssl ocsp -respin response.der -noverify must read it.'
  },
  'container-unsupported': {
    meaning:
      'The file is a container that is not opened here, such as PKCS#12 or a Java key store, which hold private keys.',
    remedy: 'Export the certificates: openssl pkcs12 -in store.p12 -nokeys -out chain.pem.'
  },
  'private-key-refused': {
    meaning: 'A private key is in a field that has no use for one. It was not kept.',
    remedy: 'Send the certificates alone. A key counts as known to others once it was sent somewhere by mistake.'
  },
  'limit-reached': {
    meaning: 'To read what was sent would have cost more time or memory than one request may have, and was given up.',
    remedy: 'Send it in parts, or leave out what need not be looked at; VALIDATION_DEADLINE_MS allows more time.'
  },
  'rate-limited': {
    meaning: 'Too many requests, or too many wrong tokens, came from this place.',
    remedy: 'Wait as long as Retry-After says; send many chains in one batch, and look at the token.'
  },
  'expectation-failed': {
    meaning: 'The request has an Expect field that asks for something else than 100-continue.',
    remedy: 'Send it without the Expect field.'
  },
  'header-too-large': {
    meaning: 'The header fields are larger than the service takes.',
    remedy: 'Send fewer and shorter fields; certificates belong into the body.'
  },
  'internal-error': {
    meaning: 'The service has a fault. Nothing was decided about the certificates.',
    remedy: 'Look in its log for the id of the request, and report the fault. Asking again may help.'
  },
  overloaded: {
    meaning: 'More is being worked on than the service takes at a time.',
    remedy: 'Ask again after the seconds that Retry-After says.'
  },
  'storage-unavailable': {
    meaning: 'What was to be kept could not be written: the disk is full or the database is away. Nothing has changed.',
    remedy: 'Make room, or see to the database, and send it again.'
  }
}
