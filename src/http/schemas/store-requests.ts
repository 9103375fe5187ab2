import { Type } from 'typebox'
import { exampleRequest } from './example.ts'
import { enumOf } from './shapes.ts'

const closed = { additionalProperties: false } as const

/** Larger numbers would be read as others beside them. */
const exact = { maximum: Number.MAX_SAFE_INTEGER } as const

const flag = (description: string) => Type.Optional(Type.Boolean({ default: false, description }))

export const certificates = Type.Unsafe<string | string[]>({
  type: ['string', 'array'],
  items: { type: 'string' },
  description:
    'PEM text with the certificates, or one base64 DER certificate a string. CRLs among them are taken as CRLs. What a TRUSTED CERTIFICATE is trusted for becomes its constraint.'
})

export const storeMaterial = {
  certificates,
  crls: Type.Optional(
    Type.Unsafe<string | string[]>({
      type: ['string', 'array'],
      items: { type: 'string' },
      description: 'CRLs that the store brings as evidence; in form as certificates.'
    })
  ),
  constraints: Type.Optional(
    Type.Unsafe<object>({
      type: 'object',
      additionalProperties: true,
      description:
        'What the certificates are trusted for, each by its fingerprint (SHA-256 in lower-case hex), or * for all of them.',
      examples: [{ '*': { purposes: ['serverAuth'] } }]
    })
  )
}

/** The JSON body of `PUT /trust-stores/{name}`. */
export const StoreUpload = Type.Object(storeMaterial, {
  $id: 'StoreUpload',
  ...closed,
  description: 'What a trust store is to hold.',
  examples: [{ certificates: exampleRequest.caBundle, constraints: { '*': { purposes: ['serverAuth'] } } }]
})

const file = (description: string) => Type.Unsafe<string>({ type: 'string', format: 'binary', description })

export const StoreForm = Type.Object(
  {
    certificates: file('The certificates: PEM, DER or PKCS#7.'),
    crls: Type.Optional(file('CRLs: PEM or DER.')),
    constraints: Type.Optional(Type.String({ description: 'As JSON.' }))
  },
  { $id: 'StoreForm', ...closed, description: 'The same as a form; files may be given several times.' }
)

export const storeMode = enumOf(['replace', 'add'], {
  default: 'replace',
  description: 'add keeps what is there already, and takes constraints of the same fingerprints from what is sent.'
})

export const takingOptions = {
  partial: flag('Takes what can be read, and lists in notTaken what cannot, in place of refusing all of it.'),
  allowEndEntity: flag('Takes certificates that are not of CAs too.')
}

const dryRun = { dryRun: flag('Tells what would change and writes nothing. It needs no token.') }

export const UploadQuery = Type.Object({ mode: Type.Optional(storeMode), ...dryRun, ...takingOptions }, closed)

export const ChangeQuery = Type.Object(dryRun, closed)

const limit = (byDefault: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: byDefault, description: 'How many at most.' }))

export const AnchorsQuery = Type.Object(
  {
    offset: Type.Optional(
      Type.Integer({ ...exact, minimum: 0, default: 0, description: 'Index of the first certificate.' })
    ),
    limit: limit(100)
  },
  closed
)

export const VersionsQuery = Type.Object(
  {
    before: Type.Optional(Type.Integer({ ...exact, minimum: 1, description: 'Only versions below this one.' })),
    limit: limit(100)
  },
  closed
)

export const NameParameter = Type.Object({
  name: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
    description: 'The name of the trust store.',
    examples: ['corporate']
  })
})

export const VersionParameters = Type.Object({
  ...NameParameter.properties,
  version: Type.Integer({ ...exact, minimum: 1, description: 'The number of the version.' })
})
