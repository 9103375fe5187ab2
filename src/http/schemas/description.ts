import { type Static, Type } from 'typebox'
import type { Json } from '../../core/model/code-row.ts'
import type { CertificateDescription as CoreDescription } from '../../core/model/description.ts'
import { codeNames } from './code-names.ts'
import { enumOf, nullable, ref, type SameShape } from './shapes.ts'

/** What objects say, as JSON: the items of `POST /inspect`, and the anchors of a trust store. */

export const NameItem = Type.Object(
  {
    type: Type.String({
      description: 'dns, email, uri, ip, directory, registeredId, other, x400, ediParty or unknown.'
    }),
    value: Type.String({ description: 'Text, or hex where the type has none.' }),
    oid: Type.Optional(Type.String({ description: 'Of an otherName.' }))
  },
  { $id: 'NameItem', description: 'A name or a constraint on names.' }
)

export const DescribedFault = Type.Object(
  {
    code: enumOf(codeNames, { description: 'Stable: never renamed or reused.' }),
    message: Type.String({ description: 'For people; it may change.' }),
    reference: Type.String({ description: 'The standard and its section.' })
  },
  { $id: 'DescribedFault', description: 'What is wrong with an object by itself, or unusual about it.' }
)

export const QuestionableItem = Type.Object(
  {
    ...DescribedFault.properties,
    severity: enumOf(['error', 'warning'], {
      description: 'In a validation with default options, or with the profile named below.'
    }),
    profile: enumOf(['rfc5280', 'webpki'], { description: 'The profile that holds it against the certificate.' })
  },
  { $id: 'QuestionableItem', description: 'What is questionable about a certificate.' }
)

export const ExtensionItem = Type.Object(
  {
    oid: Type.String(),
    name: nullable('Null for one that is not known.'),
    critical: Type.Boolean(),
    length: Type.Integer({ description: 'How many octets it holds.' }),
    value: Type.Unsafe<Json>({
      description:
        'What it says, in a form of its own for each extension; null where it is not known, cannot be read, or is over 64 KiB.'
    }),
    hex: Type.Optional(
      Type.String({ description: 'Where value is null: its octets, or of more than 64 KiB the first 1,024.' })
    )
  },
  { $id: 'ExtensionItem', description: 'An extension of a certificate or a CRL.' }
)

export const truncated = Type.Boolean({ description: 'Some list has more than the thousand elements that are told.' })

export const CertificateDescription = Type.Object(
  {
    type: enumOf(['certificate']),
    fingerprint: Type.String({ description: 'SHA-256 of the DER in lower-case hex.' }),
    sha1: Type.String({ description: 'SHA-1 of the DER, only to compare with what other tools show.' }),
    spkiPin: Type.String({ description: 'Base64 SHA-256 of the SubjectPublicKeyInfo.' }),
    version: Type.Integer(),
    serialNumber: Type.String({ description: 'The octets of the INTEGER in lower-case hex.' }),
    subject: Type.String({ description: 'RFC 4514.' }),
    issuer: Type.String({ description: 'RFC 4514.' }),
    notBefore: nullable('RFC 3339; null where it cannot be read.'),
    notAfter: nullable('RFC 3339; null where it cannot be read.'),
    signatureAlgorithm: nullable('By name or OID; null where it cannot be read.'),
    publicKey: Type.Unsafe<CoreDescription['publicKey']>({
      type: ['object', 'null'],
      properties: {
        algorithm: Type.String(),
        bits: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
        strength: Type.Unsafe<number | null>({
          type: ['integer', 'null'],
          description: 'In bits, by NIST SP 800-57; null where it is not known.'
        })
      },
      required: ['algorithm', 'bits', 'strength'],
      description: 'Null where it cannot be read.'
    }),
    isCa: Type.Boolean({ description: 'It may issue certificates.' }),
    pathLength: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'How many CAs may follow; null for any number.'
    }),
    selfIssued: Type.Boolean({ description: 'Subject and issuer are the same.' }),
    selfSigned: Type.Unsafe<boolean | null>({
      type: ['boolean', 'null'],
      description: 'Its own key has signed it; null where that was not tried.'
    }),
    subjectAlternativeNames: Type.Array(ref(NameItem)),
    keyUsage: Type.Unsafe<readonly string[] | null>({
      type: ['array', 'null'],
      items: { type: 'string' },
      description: 'Null where it has none, and so allows all.'
    }),
    purposes: Type.Unsafe<readonly string[] | null>({
      type: ['array', 'null'],
      items: { type: 'string' },
      description: 'Extended key usage by name or OID; null where it has none, and so allows all.'
    }),
    usableFor: Type.Array(Type.String(), {
      description:
        'What key usage, extended key usage and basic constraints allow: purposes by name, certificateSigning, crlSigning. Whether it is valid is another question.'
    }),
    extensions: Type.Array(ref(ExtensionItem)),
    faults: Type.Array(ref(DescribedFault)),
    warnings: Type.Array(ref(DescribedFault)),
    truncated
  },
  { $id: 'CertificateDescription', description: 'What a certificate says.' }
)

/** The compiler stops here where the schema and what the core says part. */
export const descriptionIsOfTheCore: SameShape<Static<typeof CertificateDescription>, CoreDescription> = true
