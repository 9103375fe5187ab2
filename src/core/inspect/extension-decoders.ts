import { accessDescriptions } from '../decode/certificate/access-descriptions.ts'
import { readDistributionPoints } from '../decode/certificate/distribution-points.ts'
import { sequenceIn } from '../decode/certificate/extensions.ts'
import { checkNoRevAvail } from '../decode/certificate/information-extensions.ts'
import { readNameConstraints } from '../decode/certificate/name-constraints.ts'
import { readInhibitAnyPolicy, readPolicyConstraints, readPolicyMappings } from '../decode/certificate/policies.ts'
import {
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readKeyUsage,
  readSubjectKeyIdentifier
} from '../decode/certificate/standard-extensions.ts'
import { readTimestamps } from '../decode/certificate/timestamps.ts'
import { contentOf, DerReader, single, tags } from '../decode/der/der.ts'
import { readCount } from '../decode/der/primitives.ts'
import { readGeneralName, readGeneralNames } from '../decode/name/general-name.ts'
import type { Json } from '../model/code-row.ts'
import { formatInstant } from '../model/instant.ts'
import { extensionOids as oids } from '../model/oids.ts'
import { purposeName } from '../model/options.ts'
import { keyUsageNames, reasonFlagNames } from './bits.ts'
import { type Decoder, type Decoders, distributionPointName } from './decoder.ts'
import { nameJson, namesJson } from './names.ts'
import { otherDecoders } from './other-extensions.ts'

const alternativeNames: Decoder = (value) =>
  namesJson(readGeneralNames(contentOf(single(value, tags.sequence, 'GeneralNames')), 'GeneralNames'))

const distributionPoints: Decoder = (value) =>
  readDistributionPoints(value).map(({ name, reasons, crlIssuer }) => ({
    ...distributionPointName(name),
    reasons: reasons === undefined ? null : reasonFlagNames(reasons),
    crlIssuer: crlIssuer === undefined ? null : namesJson(crlIssuer)
  }))

const accessMethods = new Map([
  ['1.3.6.1.5.5.7.48.1', 'ocsp'],
  ['1.3.6.1.5.5.7.48.2', 'caIssuers'],
  ['1.3.6.1.5.5.7.48.3', 'timeStamping'],
  ['1.3.6.1.5.5.7.48.5', 'caRepository']
])

const informationAccess: Decoder = (value) =>
  [...accessDescriptions(value)].map(({ method, rest }) => {
    const location = readGeneralName(rest.element(), 'accessLocation', 'name')
    rest.finish()
    return { method: accessMethods.get(method) ?? method, location: nameJson(location) }
  })

/** RFC 7633 §4.2.1: numbers of TLS extensions, of which status_request is what is meant by must-staple. */
const tlsFeatures: Decoder = (value) => {
  const list = sequenceIn(new DerReader(value, 'tlsFeature'), 'Features')
  const features: Json[] = []
  while (!list.done) {
    const number = readCount(list.expect(tags.integer, 'feature'), 'a feature')
    features.push(number === 5 ? 'status_request' : number === 17 ? 'status_request_v2' : number)
  }
  return features
}

const asNull: Decoder = (value) => {
  checkNoRevAvail(value)
  return true
}

const lastInstant = 253_402_300_799

const timestamps: Decoder = (value) =>
  readTimestamps(value).map(({ version, logId, timestamp }) => ({
    version: version + 1,
    logId,
    timestamp: timestamp === null || timestamp / 1000 > lastInstant ? null : formatInstant(Math.floor(timestamp / 1000))
  }))

/** The extensions that are known here: RFC 5280 §4.2, RFC 6962 §3.3, RFC 6960 §4.2.2.2.1, RFC 7633 and RFC 9608. */
export const certificateDecoders: Decoders = new Map(
  (
    [
      ['subjectKeyIdentifier', oids.subjectKeyIdentifier, readSubjectKeyIdentifier],
      ['keyUsage', oids.keyUsage, (value) => keyUsageNames(readKeyUsage(value).bits)],
      ['subjectAltName', oids.subjectAltName, alternativeNames],
      ['issuerAltName', oids.issuerAltName, alternativeNames],
      [
        'basicConstraints',
        oids.basicConstraints,
        (value) => {
          const { ca, pathLength } = readBasicConstraints(value)
          return { ca, pathLength: pathLength ?? null }
        }
      ],
      [
        'nameConstraints',
        oids.nameConstraints,
        (value) => {
          const { permitted, excluded } = readNameConstraints(value)
          return { permitted: namesJson(permitted), excluded: namesJson(excluded) }
        }
      ],
      ['cRLDistributionPoints', oids.cRLDistributionPoints, distributionPoints],
      ['policyMappings', oids.policyMappings, (value) => readPolicyMappings(value).map((each) => ({ ...each }))],
      [
        'authorityKeyIdentifier',
        oids.authorityKeyIdentifier,
        (value) => {
          const { keyIdentifier, issuer, serialNumber } = readAuthorityKeyIdentifier(value)
          return {
            keyIdentifier: keyIdentifier ?? null,
            issuer: issuer === undefined ? null : namesJson(issuer),
            serialNumber: serialNumber ?? null
          }
        }
      ],
      [
        'policyConstraints',
        oids.policyConstraints,
        (value) => {
          const { requireExplicitPolicy, inhibitPolicyMapping } = readPolicyConstraints(value)
          return {
            requireExplicitPolicy: requireExplicitPolicy ?? null,
            inhibitPolicyMapping: inhibitPolicyMapping ?? null
          }
        }
      ],
      ['extKeyUsage', oids.extKeyUsage, (value) => readExtendedKeyUsage(value).map(purposeName)],
      ['freshestCRL', oids.freshestCRL, distributionPoints],
      ['inhibitAnyPolicy', oids.inhibitAnyPolicy, readInhibitAnyPolicy],
      ['noRevAvail', oids.noRevAvail, asNull],
      ['authorityInfoAccess', oids.authorityInfoAccess, informationAccess],
      ['subjectInfoAccess', oids.subjectInfoAccess, informationAccess],
      ['tlsFeature', oids.tlsFeature, tlsFeatures],
      ['signedCertificateTimestamps', '1.3.6.1.4.1.11129.2.4.2', timestamps],
      ['ctPoison', '1.3.6.1.4.1.11129.2.4.3', asNull],
      ['ocspNoCheck', '1.3.6.1.5.5.7.48.1.5', asNull],
      ...otherDecoders
    ] satisfies readonly (readonly [string, string, Decoder])[]
  ).map(([name, oid, decode]) => [oid, { name, decode }])
)
