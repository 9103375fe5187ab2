import { type Static, Type } from 'typebox'
import type {
  CertificateRemarks,
  CrlDescription as CoreCrlDescription,
  InspectedItem as CoreItem,
  OcspAnswerDescription,
  OcspResponseDescription
} from '../../core/model/description.ts'
import { ocspStatuses } from '../../core/model/ocsp.ts'
import { CertificateDescription, DescribedFault, ExtensionItem, QuestionableItem, truncated } from './description.ts'
import { exampleRequest } from './example.ts'
import { enumOf, nullable, ref, type SameShape } from './shapes.ts'

/** The JSON body of `POST /inspect`. */
export const InspectionRequest = Type.Object(
  {
    chain: Type.Unsafe<string | string[]>({
      type: ['string', 'array'],
      items: { type: 'string' },
      description: 'PEM text, or PEM texts and base64 DER: certificates, CRLs, private keys, PKCS#7.'
    })
  },
  {
    $id: 'InspectionRequest',
    additionalProperties: false,
    description: 'What is to be looked into.',
    examples: [{ chain: exampleRequest.chain }]
  }
)

const place = Type.Object(
  {
    element: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'Its element of an array.' }),
    line: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'The line of its PEM block, 1-based.' })
  },
  { description: 'Where it stood in what was sent.' }
)

const statuses = ocspStatuses.filter((status) => status !== undefined)

const names = (description: string) =>
  Type.Unsafe<readonly string[] | null>({ type: ['array', 'null'], items: { type: 'string' }, description })

const certificate = Type.Object({
  ...CertificateDescription.properties,
  python: Type.Unsafe<CertificateRemarks['python']>({
    type: ['object', 'null'],
    additionalProperties: true,
    description:
      'In the shape of Python’s ssl.SSLSocket.getpeercert(), tuples as arrays; null where Python would give none either.'
  }),
  questionable: Type.Array(ref(QuestionableItem), {
    description: 'What the checks of validation have to say of it by itself: RFC 5280 and the Baseline Requirements.'
  }),
  trust: Type.Optional(
    Type.Object(
      { trusted: names('Purposes that it is trusted for.'), rejected: names('Purposes that it is not trusted for.') },
      { description: 'What a TRUSTED CERTIFICATE of OpenSSL is trusted for; null for a list that it does not have.' }
    )
  ),
  place
})

const crl = Type.Object({
  type: enumOf(['crl']),
  issuer: Type.String({ description: 'RFC 4514.' }),
  thisUpdate: nullable('RFC 3339; null where it cannot be read.'),
  nextUpdate: nullable('RFC 3339; null where absent.'),
  signatureAlgorithm: nullable('By name or OID; null where it cannot be read.'),
  isDelta: Type.Boolean(),
  entryCount: Type.Integer({ description: 'How many certificates it lists.' }),
  extensions: Type.Array(ref(ExtensionItem)),
  faults: Type.Array(ref(DescribedFault)),
  truncated,
  place
})

const request = Type.Object(
  {
    type: enumOf(['certificate-request']),
    version: Type.Integer(),
    subject: Type.String({ description: 'RFC 4514.' }),
    spkiPin: CertificateDescription.properties.spkiPin,
    publicKey: CertificateDescription.properties.publicKey,
    signatureAlgorithm: nullable('By name or OID; null where it cannot be read.'),
    selfSignatureValid: Type.Unsafe<boolean | null>({
      type: ['boolean', 'null'],
      description: 'Its own key has signed it, so who made it has the key; null where that was not tried.'
    }),
    attributes: Type.Array(Type.String(), { description: 'By name or OID; their values may be secrets.' }),
    extensions: Type.Array(ref(ExtensionItem), { description: 'Those that are asked for.' }),
    truncated,
    place
  },
  { description: 'A certificate signing request, PKCS#10.' }
)

const answer = Type.Object({
  serialNumber: nullable('The octets of the INTEGER in lower-case hex.'),
  hash: nullable('By which its issuer is named, as sha1.'),
  issuerNameHash: nullable('Lower-case hex.'),
  issuerKeyHash: nullable('Lower-case hex.'),
  status: Type.Unsafe<OcspAnswerDescription['status']>({
    type: ['string', 'null'],
    enum: ['good', 'revoked', 'unknown', null]
  }),
  revokedAt: nullable('RFC 3339.'),
  revocationReason: nullable('RFC 5280 §5.3.1, unspecified where none is given.'),
  thisUpdate: nullable('RFC 3339.'),
  nextUpdate: nullable('RFC 3339.'),
  reason: nullable('Why it cannot be read; all else is null then.')
})

const response = Type.Object(
  {
    type: enumOf(['ocsp-response']),
    status: enumOf(statuses, { description: 'RFC 6960 §4.2.1; all else is empty where it is not successful.' }),
    responder: Type.Unsafe<OcspResponseDescription['responder']>({
      type: ['object', 'null'],
      properties: { name: nullable('RFC 4514.'), keyHash: nullable('SHA-1 of its key in lower-case hex.') },
      required: ['name', 'keyHash']
    }),
    producedAt: nullable('RFC 3339.'),
    nonce: nullable('Lower-case hex.'),
    signatureAlgorithm: nullable('By name or OID; null where it cannot be read.'),
    answerCount: Type.Integer(),
    answers: Type.Array(answer),
    certificates: Type.Array(Type.Object({ fingerprint: Type.String(), subject: Type.String() }), {
      description: 'Those that came with it.'
    }),
    faults: Type.Array(ref(DescribedFault)),
    truncated,
    place
  },
  { description: 'An OCSP response; nothing of it is verified here.' }
)

const privateKey = Type.Object(
  {
    type: enumOf(['private-key']),
    label: Type.String({ description: 'Of its PEM block.' }),
    encrypted: Type.Boolean(),
    matches: Type.Unsafe<boolean | null>({
      type: ['boolean', 'null'],
      description: 'Whether it belongs to the first certificate; null where that cannot be told.'
    }),
    place
  },
  { description: 'Nothing else of it is looked at or kept.' }
)

const unreadable = Type.Object({
  type: enumOf(['unreadable']),
  object: enumOf(['certificate', 'crl', 'private-key', 'certificate-request', 'ocsp-response', 'unknown'], {
    description: 'What it would have been.'
  }),
  code: enumOf([
    'pem-malformed',
    'certificate-malformed',
    'container-unsupported',
    'crl-malformed',
    'ocsp-response-malformed',
    'certificate-request-malformed'
  ]),
  reason: Type.String({ description: 'For people; it may change.' }),
  place
})

const other = Type.Object({
  type: enumOf(['other']),
  what: Type.String({ description: 'What it is, which is not looked into.' }),
  place
})

export const InspectedItem = Type.Union([certificate, crl, request, response, privateKey, unreadable, other], {
  $id: 'InspectedItem',
  description: 'One object of what was sent; `type` tells which.'
})

export const Inspection = Type.Object(
  { items: Type.Array(ref(InspectedItem), { description: 'In the order of the input.' }) },
  { $id: 'Inspection', description: 'Everything that was sent, and what it says.' }
)

/** The compiler stops here where the schemas and what the core says part. */
export const crlIsOfTheCore: SameShape<Omit<Static<typeof crl>, 'place'>, CoreCrlDescription> = true
export const itemsAreOfTheCore: SameShape<Static<typeof InspectedItem>, CoreItem> = true
