import { type PolicyQualifier, readQualifiedPolicies } from '../decode/certificate/policy-qualifiers.ts'
import {
  contentOf,
  context,
  DerReader,
  derOf,
  type Element,
  Malformed,
  single,
  tags,
  within
} from '../decode/der/der.ts'
import { hex, namedBits, readCount, readOid } from '../decode/der/primitives.ts'
import { readTime } from '../decode/der/time.ts'
import { decodeText } from '../decode/name/string-preparation.ts'
import type { Json } from '../model/code-row.ts'
import { formatInstant } from '../model/instant.ts'
import { extensionOids as oids } from '../model/oids.ts'
import { purposeName } from '../model/options.ts'
import { printable } from '../model/printable.ts'
import { attributeLongNames } from './attribute-names.ts'
import type { Decoder } from './decoder.ts'

/** Extensions that no rule of validation reads, for whoever wants to know what they say. */

const textOf = (element: Element): string => {
  const text = decodeText(element.tag, contentOf(element))
  if (text === undefined) throw new Malformed('a text that cannot be read')
  return printable(text)
}

/** A string, or in lower-case hex the DER of what is none. */
const textOrHex = (element: Element): string => {
  const text = decodeText(element.tag, contentOf(element))
  return text === undefined ? hex(derOf(element)) : printable(text)
}

const only = (value: Uint8Array, what: string): Element => {
  const reader = new DerReader(value, what)
  const element = reader.element()
  reader.finish()
  return element
}

const text: Decoder = (value) => textOf(only(value, 'the text'))

/** RFC 5280 §4.2.1.4 */
const policies: Decoder = (value) =>
  readQualifiedPolicies(value).map(({ oid, qualifiers }) => ({
    policy: oid,
    qualifiers: qualifiers.map(qualifier)
  }))

const qualifier = (each: PolicyQualifier): Json => {
  if (each.type === 'cps') return { type: 'cps', uri: printable(each.uri) }
  if (each.type === 'other') return { type: 'other', oid: each.oid, value: each.value }
  const { organization, noticeNumbers, text: notice } = each
  return {
    type: 'userNotice',
    organization: organization === undefined ? null : printable(organization),
    noticeNumbers,
    text: notice === undefined ? null : printable(notice)
  }
}

/** RFC 3280 §4.2.1.4; RFC 5280 has dropped it. Times are GeneralizedTime with implicit tags. */
const privateKeyUsagePeriod: Decoder = (value) => {
  const fields = within(single(value, tags.sequence, 'PrivateKeyUsagePeriod'), 'PrivateKeyUsagePeriod')
  const time = (element: Element | undefined): string | null =>
    element === undefined
      ? null
      : formatInstant(readTime({ ...element, tag: tags.generalizedTime }, 'a time of the private key’s use'))
  const notBefore = time(fields.optional(context(0)))
  const notAfter = time(fields.optional(context(1)))
  fields.finish()
  return { notBefore, notAfter }
}

/** RFC 5280 §4.2.1.8 */
const directoryAttributes: Decoder = (value) => {
  const list = within(single(value, tags.sequence, 'SubjectDirectoryAttributes'), 'SubjectDirectoryAttributes')
  if (list.done) throw new Malformed('SubjectDirectoryAttributes lists no attribute')
  const attributes: Json[] = []
  while (!list.done) {
    const fields = list.sequence('Attribute')
    const type = readOid(fields.expect(tags.oid, 'type'), 'the type')
    const values = fields.enter(tags.set, 'values')
    fields.finish()
    const told: Json[] = []
    while (!values.done) told.push(textOrHex(values.element()))
    attributes.push({ type: attributeLongNames.get(type) ?? type, values: told })
  }
  return attributes
}

/** RFC 3739 §3.2.6, ETSI EN 319 412-5 §4.2 and §4.3 */
const qcStatementNames = new Map([
  ['1.3.6.1.5.5.7.11.1', 'pkixQCSyntax-v1'],
  ['1.3.6.1.5.5.7.11.2', 'pkixQCSyntax-v2'],
  ['0.4.0.1862.1.1', 'QcCompliance'],
  ['0.4.0.1862.1.2', 'QcLimitValue'],
  ['0.4.0.1862.1.3', 'QcRetentionPeriod'],
  ['0.4.0.1862.1.4', 'QcSSCD'],
  ['0.4.0.1862.1.5', 'QcPDS'],
  ['0.4.0.1862.1.6', 'QcType'],
  ['0.4.0.1862.1.7', 'QcCClegislation'],
  ['0.4.0.19495.2', 'PSD2']
])

const qcStatements: Decoder = (value) => {
  const list = within(single(value, tags.sequence, 'QCStatements'), 'QCStatements')
  const statements: Json[] = []
  while (!list.done) {
    const fields = list.sequence('QCStatement')
    const oid = readOid(fields.expect(tags.oid, 'statementId'), 'the statementId')
    const info = fields.done ? null : hex(derOf(fields.element()))
    fields.finish()
    statements.push({ statement: qcStatementNames.get(oid) ?? oid, info })
  }
  return statements
}

const netscapeTypes = [
  'sslClient',
  'sslServer',
  'email',
  'objectSigning',
  'reserved',
  'sslCA',
  'emailCA',
  'objectCA'
] as const

const netscapeCertType: Decoder = (value) => {
  const { bits } = namedBits(single(value, tags.bitString, 'netscapeCertType'), 'netscapeCertType')
  return netscapeTypes.filter((_, at) => (bits & (1 << at)) !== 0)
}

/** [MS-WCCE] §2.2.2.7.7 */
const certificateTemplate: Decoder = (value) => {
  const fields = within(single(value, tags.sequence, 'CertificateTemplate'), 'CertificateTemplate')
  const template = readOid(fields.expect(tags.oid, 'templateID'), 'the templateID')
  const version = (part: string): number | null => {
    const element = fields.optional(tags.integer)
    return element === undefined ? null : readCount(element, part)
  }
  const [major, minor] = [version('the major version'), version('the minor version')]
  fields.finish()
  return { template, majorVersion: major, minorVersion: minor }
}

/** [MS-WCCE] §2.2.2.7.7.3: as certificate policies. */
const applicationPolicies: Decoder = (value) => readQualifiedPolicies(value).map(({ oid }) => purposeName(oid))

const netscape = '2.16.840.1.113730.1'
const microsoft = '1.3.6.1.4.1.311'

export const otherDecoders: readonly (readonly [string, string, Decoder])[] = [
  ['certificatePolicies', oids.certificatePolicies, policies],
  ['privateKeyUsagePeriod', '2.5.29.16', privateKeyUsagePeriod],
  ['subjectDirectoryAttributes', oids.subjectDirectoryAttributes, directoryAttributes],
  ['qcStatements', '1.3.6.1.5.5.7.1.3', qcStatements],
  ['netscapeCertType', `${netscape}.1`, netscapeCertType],
  ['netscapeBaseUrl', `${netscape}.2`, text],
  ['netscapeRevocationUrl', `${netscape}.3`, text],
  ['netscapeCaRevocationUrl', `${netscape}.4`, text],
  ['netscapeRenewalUrl', `${netscape}.7`, text],
  ['netscapeCaPolicyUrl', `${netscape}.8`, text],
  ['netscapeSslServerName', `${netscape}.12`, text],
  ['netscapeComment', `${netscape}.13`, text],
  ['microsoftCertificateType', `${microsoft}.20.2`, text],
  [
    'microsoftCaVersion',
    `${microsoft}.21.1`,
    (value) => readCount(single(value, tags.integer, 'the version'), 'the version')
  ],
  [
    'microsoftPreviousCaHash',
    `${microsoft}.21.2`,
    (value) => hex(contentOf(single(value, tags.octetString, 'the hash')))
  ],
  ['microsoftCertificateTemplate', `${microsoft}.21.7`, certificateTemplate],
  ['microsoftApplicationPolicies', `${microsoft}.21.10`, applicationPolicies]
]
