/** Object identifiers of certificate and CRL extensions, with the names people know them by. */
export const extensionOids = {
  subjectDirectoryAttributes: '2.5.29.9',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  cRLDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  freshestCRL: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  noRevAvail: '2.5.29.56',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  subjectInfoAccess: '1.3.6.1.5.5.7.1.11',
  tlsFeature: '1.3.6.1.5.5.7.1.24'
} as const

const nameByOid = new Map<string, string>(Object.entries(extensionOids).map(([name, oid]) => [oid, name]))

/** The name of an extension, or its dotted OID where it has none here. */
export const extensionName = (oid: string): string => nameByOid.get(oid) ?? oid

const dotted = /^[0-2](?:\.(?:0|[1-9]\d{0,19})){1,63}$/

/** Whether a text is an OID in dotted form. */
export const isOid = (text: string): boolean => text.length <= 256 && dotted.test(text)

export const anyExtendedKeyUsage = '2.5.29.37.0'
export const anyPolicy = '2.5.29.32.0'
