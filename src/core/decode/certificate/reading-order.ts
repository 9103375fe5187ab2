import { extensionOids as oids } from '../../model/oids.ts'

/**
 * The fields of a certificate in the order in which their faults are told: names, key identifiers and keys first, since
 * paths are found by them.
 */
export const readingOrder: readonly string[] = [
  'issuer',
  'subject',
  'extensions',
  oids.authorityKeyIdentifier,
  oids.subjectKeyIdentifier,
  'publicKey',
  'signatureAlgorithm',
  'signatureValue',
  'version',
  'signature',
  'frame',
  'validity',
  oids.basicConstraints,
  oids.keyUsage,
  oids.extKeyUsage,
  oids.subjectAltName,
  oids.nameConstraints,
  oids.certificatePolicies,
  oids.policyMappings,
  oids.policyConstraints,
  oids.inhibitAnyPolicy,
  oids.authorityInfoAccess,
  oids.subjectInfoAccess,
  oids.cRLDistributionPoints,
  oids.freshestCRL,
  oids.issuerAltName,
  oids.noRevAvail,
  oids.tlsFeature,
  'duplicates'
]
