import { crlExtensionOids, revocationReasons } from '../../model/crl.ts'
import { type CertStatus, ocspOids, type SingleResponse } from '../../model/ocsp.ts'
import { readExtensions } from '../certificate/extensions.ts'
import {
  context,
  contextConstructed,
  type DerReader,
  type Element,
  inside,
  Malformed,
  single,
  tags,
  within
} from '../der/der.ts'
import { readInteger } from '../der/primitives.ts'
import { readTime } from '../der/time.ts'
import { readCertId } from './cert-id.ts'
import { readCrlReference } from './crl-reference.ts'

/** RFC 6960 §4.2.1: the SingleResponse that comes next. Call within `attempt`. */
export const readSingleResponse = (reader: DerReader): SingleResponse => {
  const fields = reader.sequence('SingleResponse')
  const certId = readCertId(fields)
  const status = readCertStatus(fields.element())
  const thisUpdate = readTime(fields.expect(tags.generalizedTime, 'thisUpdate'), 'thisUpdate')
  const nextUpdate = fields.optional(contextConstructed(0))
  const extensions = fields.optional(contextConstructed(1))
  fields.finish()
  return {
    certId,
    status,
    thisUpdate,
    nextUpdate: nextUpdate && readTime(inside(nextUpdate, tags.generalizedTime, 'nextUpdate'), 'nextUpdate'),
    ...(extensions === undefined ? noExtensions : readSingleExtensions(within(extensions, 'singleExtensions')))
  }
}

const readCertStatus = (element: Element): CertStatus => {
  switch (element.tag) {
    case context(0):
      return emptyAs('good', element)
    case contextConstructed(1):
      return readRevokedInfo(element)
    case context(2):
      return emptyAs('unknown', element)
    default:
      throw new Malformed('its certStatus is neither good nor revoked nor unknown')
  }
}

/** `good` and `unknown` are a NULL behind an implicit tag. */
const emptyAs = (type: 'good' | 'unknown', { content, end }: Element): CertStatus => {
  if (end !== content) throw new Malformed(`its certStatus is ${type}, and holds octets`)
  return { type }
}

const readRevokedInfo = (element: Element): CertStatus => {
  const fields = within(element, 'RevokedInfo')
  const revokedAt = readTime(fields.expect(tags.generalizedTime, 'revocationTime'), 'revocationTime')
  const wrapper = fields.optional(contextConstructed(0))
  fields.finish()
  if (wrapper === undefined) return { type: 'revoked', revokedAt, reason: undefined }
  const octets = readInteger(inside(wrapper, tags.enumerated, 'revocationReason'), 'revocationReason')
  const reason = octets.length === 1 ? revocationReasons[octets[0] ?? 7] : undefined
  if (reason === undefined) throw new Malformed('its revocationReason is none that is defined')
  return { type: 'revoked', revokedAt, reason }
}

type SingleExtensions = Pick<SingleResponse, 'invalidityDate' | 'archiveCutoff' | 'crl' | 'unknownCritical'>

const noExtensions: SingleExtensions = {
  invalidityDate: undefined,
  archiveCutoff: undefined,
  crl: undefined,
  unknownCritical: undefined
}

/** RFC 6960 §4.4.2, §4.4.4, and of what §4.4.5 takes over from CRLs (RFC 5280 §5.3) the invalidity date. */
const readSingleExtensions = (reader: DerReader): SingleExtensions => {
  const seen = new Set<string>()
  let { invalidityDate, archiveCutoff, crl, unknownCritical } = noExtensions
  for (const { oid, critical, value } of readExtensions(reader).extensions) {
    if (seen.has(oid)) throw new Malformed(`its extension ${oid} is there more than once`)
    seen.add(oid)
    if (oid === ocspOids.archiveCutoff) {
      archiveCutoff = readTime(single(value, tags.generalizedTime, 'archiveCutoff'), 'archiveCutoff')
    } else if (oid === crlExtensionOids.invalidityDate) {
      invalidityDate = readTime(single(value, tags.generalizedTime, 'invalidityDate'), 'invalidityDate')
    } else if (oid === ocspOids.crlReferences) {
      crl = readCrlReference(value)
    } else if (critical) {
      unknownCritical ??= oid
    }
  }
  return { invalidityDate, archiveCutoff, crl, unknownCritical }
}
