import { type Static, Type } from 'typebox'
import type { CrlDescription as CoreCrlDescription, InspectedItem as CoreItem } from '../../core/model/description.ts'
import { CertificateDescription, DescribedFault, ExtensionItem } from './description.ts'
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

const names = (description: string) =>
  Type.Unsafe<readonly string[] | null>({ type: ['array', 'null'], items: { type: 'string' }, description })

const certificate = Type.Object({
  ...CertificateDescription.properties,
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
  place
})

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
  object: enumOf(['certificate', 'crl', 'private-key', 'unknown'], { description: 'What it would have been.' }),
  code: enumOf(['pem-malformed', 'certificate-malformed', 'container-unsupported', 'crl-malformed']),
  reason: Type.String({ description: 'For people; it may change.' }),
  place
})

const other = Type.Object({
  type: enumOf(['other']),
  what: Type.String({ description: 'What it is, which is not looked into.' }),
  place
})

export const InspectedItem = Type.Union([certificate, crl, privateKey, unreadable, other], {
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
