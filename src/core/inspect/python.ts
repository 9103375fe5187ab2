import { accessDescriptions } from '../decode/certificate/access-descriptions.ts'
import { readDistributionPoints } from '../decode/certificate/distribution-points.ts'
import { attempt, tags } from '../decode/der/der.ts'
import { hex } from '../decode/der/primitives.ts'
import { readGeneralName } from '../decode/name/general-name.ts'
import type { Certificate } from '../model/certificate.ts'
import type { PythonCertificate, PythonName } from '../model/description.ts'
import { formatInstant } from '../model/instant.ts'
import type { Attribute, GeneralName, Name } from '../model/name.ts'
import { extensionOids as oids } from '../model/oids.ts'
import { attributeLongNames } from './attribute-names.ts'

/**
 * A certificate in the shape of Python's `ssl.SSLSocket.getpeercert()`, as JSON has it: tuples are arrays. Null where Python
 * gives none either, or would fail: a name or a time that cannot be read.
 */
export const pythonView = (certificate: Certificate): PythonCertificate | null => {
  const { notBefore, notAfter } = certificate
  const subject = pythonName(certificate.subject)
  const issuer = pythonName(certificate.issuer)
  if (subject === undefined || issuer === undefined || notBefore === undefined || notAfter === undefined) return null
  const names = (certificate.subjectAlternativeNames ?? []).map(pythonAlternativeName)
  const responders = accessUris(certificate, '1.3.6.1.5.5.7.48.1')
  const issuers = accessUris(certificate, '1.3.6.1.5.5.7.48.2')
  const points = distributionUris(certificate)
  return {
    subject,
    issuer,
    version: certificate.version,
    serialNumber: serialText(certificate.serialNumber),
    notBefore: pythonTime(notBefore),
    notAfter: pythonTime(notAfter),
    ...(names.length === 0 ? {} : { subjectAltName: names }),
    ...(responders.length === 0 ? {} : { OCSP: responders }),
    ...(issuers.length === 0 ? {} : { caIssuers: issuers }),
    ...(points.length === 0 ? {} : { crlDistributionPoints: points })
  }
}

const pythonName = (name: Name): PythonName | undefined => {
  if (name.malformed !== undefined) return undefined
  const rdns: (readonly (readonly [string, string])[])[] = []
  for (const rdn of name.rdns) {
    const pairs: (readonly [string, string])[] = []
    for (const attribute of rdn) {
      const text = attributeText(attribute)
      if (text === undefined) return undefined
      pairs.push([attributeLongNames.get(attribute.type) ?? attribute.type, text])
    }
    rdns.push(pairs)
  }
  return rdns
}

/** OpenSSL takes T.61 for Latin-1, which is what those who wrote it meant. */
const attributeText = ({ tag, value, text }: Attribute): string | undefined =>
  tag === tags.teletexString ? Buffer.from(value).toString('latin1') : text

const octetsALine = 35

/** As OpenSSL's i2a_ASN1_INTEGER writes a number, of which Python takes the first line. */
const serialText = (serialNumber: string): string => {
  const octets = Buffer.from(serialNumber, 'hex')
  const negative = (octets[0] ?? 0) >= 0x80
  const magnitude = negative ? negated(octets) : octets
  const shown = magnitude.length > 1 && magnitude[0] === 0 ? magnitude.subarray(1) : magnitude
  const cut = shown.length > octetsALine
  return `${negative ? '-' : ''}${hex(shown.subarray(0, octetsALine)).toUpperCase()}${cut ? '\\\n' : ''}`
}

/** Two's complement. */
const negated = (octets: Uint8Array): Uint8Array => {
  const result = Uint8Array.from(octets)
  let carry = 1
  for (let at = result.length - 1; at >= 0; at--) {
    const sum = (~(result[at] ?? 0) & 0xff) + carry
    result[at] = sum & 0xff
    carry = sum >> 8
  }
  return result
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `Nov  3 19:30:00 2026 GMT` */
const pythonTime = (seconds: number): string => {
  const [date = '', time = ''] = formatInstant(seconds).replace('Z', '').split('T')
  const [year, month, day] = date.split('-').map(Number)
  return `${months[(month ?? 1) - 1] ?? ''} ${String(day).padStart(2)} ${time} ${year} GMT`
}

const pythonAlternativeName = (name: GeneralName): readonly [string, string | PythonName] => {
  switch (name.type) {
    case 'dns':
      return ['DNS', name.value]
    case 'email':
      return ['email', name.value]
    case 'uri':
      return ['URI', name.value]
    case 'registeredId':
      return ['Registered ID', attributeLongNames.get(name.value) ?? name.value]
    case 'ip':
      return ['IP Address', addressText(name.value)]
    case 'directory':
      return ['DirName', pythonName(name.value) ?? []]
    case 'x400':
      return ['X400Name', '<unsupported>']
    case 'ediParty':
      return ['EdiPartyName', '<unsupported>']
    default:
      return ['othername', '<unsupported>']
  }
}

/** IPv4 as ever; IPv6 in groups without leading zeros, none of them left out. */
const addressText = (octets: Uint8Array): string => {
  if (octets.length === 4) return octets.join('.')
  const groups = Array.from({ length: 8 }, (_, at) => (octets[2 * at] ?? 0) * 256 + (octets[2 * at + 1] ?? 0))
  return groups.map((group) => group.toString(16).toUpperCase()).join(':')
}

const accessUris = (certificate: Certificate, wanted: string): readonly string[] => {
  const extension = certificate.extension(oids.authorityInfoAccess)
  if (extension === undefined) return []
  const read = attempt(() =>
    [...accessDescriptions(extension.value)].flatMap(({ method, rest }) => {
      const location = readGeneralName(rest.element(), 'accessLocation', 'name')
      return method === wanted && location.type === 'uri' ? [location.value] : []
    })
  )
  return read.ok ? read.value : []
}

const distributionUris = (certificate: Certificate): readonly string[] => {
  const extension = certificate.extension(oids.cRLDistributionPoints)
  if (extension === undefined) return []
  const read = attempt(() =>
    readDistributionPoints(extension.value).flatMap(({ name }) =>
      name?.type === 'full' ? name.names.flatMap((each) => (each.type === 'uri' ? [each.value] : [])) : []
    )
  )
  return read.ok ? read.value : []
}
