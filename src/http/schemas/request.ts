import { type Static, Type } from 'typebox'
import type {
  ValidationRequestOptions as CoreOptions,
  ValidationRequest as CoreRequest
} from '../../core/model/request.ts'
import { exampleRequest } from './example.ts'
import { scalarOptions, structuredOptions } from './request-fields.ts'
import type { SameShape } from './shapes.ts'

const material = (description: string) =>
  Type.Unsafe<string | string[]>({ type: ['string', 'array'], items: { type: 'string' }, description })

/** What a JSON body has of certificates and CRLs. */
export const materialFields = {
  chain: material(
    'PEM text with one or more certificates, or one base64 DER certificate a string. The first certificate is the one that is validated; the rest are candidates for its path, in any order. Text around the PEM blocks is ignored.'
  ),
  intermediates: Type.Optional(material('Further candidates, none of them trusted; in form as chain.')),
  caBundle: Type.Optional(material('Trust anchors for this request alone: a CA certificates file; in form as chain.')),
  crls: Type.Optional(material('CRLs to use; in form as chain.'))
}

/** The JSON body of `POST /validate`. */
export const ValidationRequest = Type.Object(
  {
    ...materialFields,
    ...scalarOptions,
    ...structuredOptions
  },
  {
    $id: 'ValidationRequest',
    additionalProperties: false,
    description: 'What is to be validated, and how.',
    examples: [exampleRequest]
  }
)

/** The options alone, for bodies that are not JSON. */
export const ValidationOptions = Type.Object(
  { ...scalarOptions, ...structuredOptions },
  {
    $id: 'ValidationOptions',
    additionalProperties: false,
    description: 'How to validate: the part `options` of a form.'
  }
)

/** The query string of `POST /validate`. A list is separated by commas, or the parameter is repeated. */
export const ValidationQuery = Type.Object(scalarOptions, { additionalProperties: false })

const file = (description: string) => Type.Optional(Type.String({ format: 'binary', description }))

/** What a form has of certificates and CRLs. */
export const formFiles = {
  chain: Type.String({ format: 'binary', description: 'The certificates: PEM, DER or PKCS#7.' }),
  intermediates: file('Further candidates, none of them trusted: PEM, DER or PKCS#7.'),
  caBundle: file('Trust anchors for this request alone: PEM, DER or PKCS#7.'),
  crls: file('CRLs to use: PEM or DER.')
}

/** What a form may have. Described here; its parts are read as octets and its options by `ValidationOptions`. */
export const ValidationForm = Type.Object(
  {
    ...formFiles,
    options: Type.Optional(Type.Unsafe<Static<typeof ValidationOptions>>({ $ref: 'ValidationOptions#' })),
    ...scalarOptions,
    ...structuredOptions
  },
  {
    $id: 'ValidationForm',
    additionalProperties: false,
    description:
      'Options are fields of their own, those with a structure as JSON, or all of them one JSON part `options`. A file, or a field that is a list, may be given several times; OCSP responses may be files too.'
  }
)

/** What the schemas say and what the core takes is the same: the compiler stops here where it is not. */
export const requestIsOfTheCore: SameShape<
  Static<typeof ValidationRequest>,
  CoreRequest<string | readonly string[]>
> = true
export const optionsAreOfTheCore: SameShape<Static<typeof ValidationOptions>, CoreOptions> = true
