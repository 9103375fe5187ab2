/**
 * The fields of a certificate in the order in which their faults are told: names, key identifiers and keys first, since
 * paths are found by them.
 */
const order = [
  'issuer',
  'subject',
  'extensions',
  'authorityKeyIdentifier',
  'subjectKeyIdentifier',
  'publicKey',
  'signatureAlgorithm',
  'signatureValue',
  'version',
  'signature',
  'frame',
  'validity',
  'basicConstraints',
  'keyUsage',
  'extKeyUsage',
  'subjectAltName',
  'nameConstraints',
  'certificatePolicies',
  'policyMappings',
  'policyConstraints',
  'inhibitAnyPolicy',
  'authorityInfoAccess',
  'subjectInfoAccess',
  'cRLDistributionPoints',
  'freshestCRL',
  'issuerAltName',
  'noRevAvail',
  'tlsFeature',
  'duplicates'
] as const

/** The place of each field in that order. */
export const places = Object.fromEntries(order.map((field, place) => [field, place])) as {
  readonly [F in (typeof order)[number]]: number
}

export const placeCount: number = order.length
