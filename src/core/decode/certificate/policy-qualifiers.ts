import { contentOf, DerReader, type Element, Malformed, tags, within } from '../der/der.ts'
import { hex, readCount, readOid } from '../der/primitives.ts'
import { decodeText } from '../name/string-preparation.ts'
import { sequenceIn } from './extensions.ts'

/** RFC 5280 §4.2.1.4: what a qualifier of a policy says, for people alone: path validation does not read it. */
export type PolicyQualifier =
  | { readonly type: 'cps'; readonly uri: string }
  | {
      readonly type: 'userNotice'
      readonly organization: string | undefined
      readonly noticeNumbers: readonly number[]
      readonly text: string | undefined
    }
  /** `value` is the DER of the qualifier in lower-case hex. */
  | { readonly type: 'other'; readonly oid: string; readonly value: string }

export interface QualifiedPolicy {
  readonly oid: string
  readonly qualifiers: readonly PolicyQualifier[]
}

/** Certificate policies with their qualifiers. Throws `Malformed`. */
export const readQualifiedPolicies = (value: Uint8Array): readonly QualifiedPolicy[] => {
  const list = sequenceIn(new DerReader(value, 'certificatePolicies'), 'CertificatePolicies')
  const policies: QualifiedPolicy[] = []
  while (!list.done) {
    const fields = list.sequence('PolicyInformation')
    const oid = readOid(fields.expect(tags.oid, 'policyIdentifier'), 'policyIdentifier')
    const qualifiers: PolicyQualifier[] = []
    if (!fields.done) {
      const infos = fields.sequence('policyQualifiers')
      while (!infos.done) qualifiers.push(readQualifier(infos.sequence('PolicyQualifierInfo')))
    }
    fields.finish()
    policies.push({ oid, qualifiers })
  }
  return policies
}

const readQualifier = (fields: DerReader): PolicyQualifier => {
  const oid = readOid(fields.expect(tags.oid, 'policyQualifierId'), 'policyQualifierId')
  const element = fields.element()
  fields.finish()
  if (oid === '1.3.6.1.5.5.7.2.1' && element.tag === tags.ia5String) return { type: 'cps', uri: textOf(element) }
  if (oid === '1.3.6.1.5.5.7.2.2' && element.tag === tags.sequence) return readNotice(element)
  return { type: 'other', oid, value: hex(element.bytes.subarray(element.start, element.end)) }
}

/** UserNotice: each of its fields is optional. */
const readNotice = (element: Element): PolicyQualifier => {
  const fields = within(element, 'a user notice')
  const reference = fields.optional(tags.sequence)
  const text = fields.done ? undefined : textOf(fields.element())
  fields.finish()
  if (reference === undefined) return { type: 'userNotice', organization: undefined, noticeNumbers: [], text }
  const parts = within(reference, 'a notice reference')
  const organization = textOf(parts.element())
  const numbers = parts.sequence('noticeNumbers')
  parts.finish()
  const noticeNumbers: number[] = []
  while (!numbers.done) noticeNumbers.push(readCount(numbers.expect(tags.integer, 'notice number'), 'a notice number'))
  return { type: 'userNotice', organization, noticeNumbers, text }
}

const textOf = (element: Element): string => {
  const text = decodeText(element.tag, contentOf(element))
  if (text === undefined) throw new Malformed('the text of a policy qualifier cannot be read')
  return text
}
