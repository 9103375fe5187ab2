import { row } from '../code-row.ts'

/** What all findings on constrained names tell. */
type Constrained = {
  /** The name's type, as `dns`. */
  nameType: string
  name: string
  /** Who sets the constraint: a certificate by its index in the path, null for the request, or the trust store. */
  constraintFrom: number | null | 'trust-store'
  /** Where the trust store does: the subject of the anchor that it limits. */
  anchor?: string
  /** On the last finding of a certificate: how many more of its names are at fault and not listed. */
  omitted?: number
}

const kinds: Readonly<Record<string, string>> = {
  dns: 'DNS name',
  ip: 'IP address',
  email: 'email address',
  uri: 'URI',
  directory: 'directory name',
  other: 'name',
  x400: 'X.400 address',
  unknown: 'unknown type',
  ediParty: 'EDI party name',
  registeredId: 'registered ID'
}

const subject = ({ nameType, name }: Constrained): string => `The ${kinds[nameType] ?? nameType} ${name}`
const origin = ({ constraintFrom, anchor }: Constrained): string => {
  if (constraintFrom === null) return 'the request'
  return constraintFrom === 'trust-store'
    ? `the trust store (for ${anchor})`
    : `certificate ${constraintFrom} of the path`
}
const rest = ({ omitted }: Constrained): string =>
  omitted === undefined ? '' : ` So are ${omitted} further names not allowed.`

/** Names that CAs above (or the request) do not leave to the certificate. */
export const nameConstraintCodes = {
  'name-not-permitted': row<Constrained & { permitted: readonly string[] }>({
    distance: 10,
    reference: 'RFC 5280 §6.1.3 (b)',
    title: 'A name lies outside what a CA above may issue for',
    message: (details) =>
      `${subject(details)} lies outside the names that ${origin(details)} permits (${details.permitted.join(', ')}).${rest(details)}`,
    remedy: 'Have the certificate issued by a CA that may issue for this name, or without the name.',
    openssl: [47]
  }),
  'name-excluded': row<Constrained & { constraint: string }>({
    distance: 10,
    reference: 'RFC 5280 §6.1.3 (c)',
    title: 'A name lies within what a CA above must not issue for',
    message: (details) =>
      `${subject(details)} lies within the names that ${origin(details)} excludes (${details.constraint}).${rest(details)}`,
    remedy: 'Have the certificate issued by a CA that may issue for this name, or without the name.',
    openssl: [48]
  }),
  'name-constraint-unsupported': row<Constrained & { reason: string }>({
    distance: 10,
    reference: 'RFC 5280 §4.2.1.10',
    title: 'A name cannot be held against the constraints on names of its type',
    message: (details) =>
      `${subject(details)} cannot be held against the name constraints of ${origin(details)}: ${details.reason}.${rest(details)}`,
    remedy: 'Have the certificate issued without this name, or by a CA that sets no constraints on names of its type.',
    openssl: [51]
  }),
  'name-constraint-malformed': row<{ reason: string }>({
    distance: 15,
    reference: 'RFC 5280 §4.2.1.10',
    title: 'The name constraints cannot be read',
    message: ({ reason }) => `The name constraints cannot be read: ${reason}.`,
    remedy: 'Have the CA certificate issued anew with well-formed name constraints.',
    openssl: [49, 52, 53]
  })
}
