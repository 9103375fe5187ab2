import { type Static, Type } from 'typebox'
import {
  type RepairedChain as CoreRepairedChain,
  type ChainRequest as CoreRequest,
  removalReasons
} from '../../core/model/chain.ts'
import { exampleRequest } from './example.ts'
import { formFiles, materialFields } from './request.ts'
import { scalarOptions, structuredOptions } from './request-fields.ts'
import { enumOf, nullable, ref, type SameShape } from './shapes.ts'
import { Verdict } from './verdict.ts'

const includeRoot = Type.Optional(
  Type.Boolean({
    default: false,
    description: 'Whether the root is given back as well. Servers need not send it: who trusts it has it.'
  })
)

/** The JSON body of `POST /chain`: that of `POST /validate`, and what the chain should hold. */
export const ChainRequest = Type.Object(
  { ...materialFields, ...scalarOptions, ...structuredOptions, includeRoot },
  {
    $id: 'ChainRequest',
    additionalProperties: false,
    description: 'A chain that is to be put right, and by what it is judged.',
    examples: [exampleRequest]
  }
)

/** The options alone, for bodies that are not JSON. */
export const ChainOptions = Type.Object(
  { ...scalarOptions, ...structuredOptions, includeRoot },
  { $id: 'ChainOptions', additionalProperties: false, description: 'The part `options` of a form.' }
)

export const ChainQuery = Type.Object({ ...scalarOptions, includeRoot }, { additionalProperties: false })

export const ChainForm = Type.Object(
  {
    ...formFiles,
    options: Type.Optional(Type.Unsafe<Static<typeof ChainOptions>>({ $ref: 'ChainOptions#' })),
    ...scalarOptions,
    ...structuredOptions,
    includeRoot
  },
  { $id: 'ChainForm', additionalProperties: false, description: 'As that of POST /validate.' }
)

export const ChainCertificate = Type.Object(
  {
    fingerprint: Type.String({ description: 'SHA-256 of the DER in lower-case hex.' }),
    subject: Type.String({ description: 'RFC 4514.' }),
    issuer: Type.String({ description: 'RFC 4514.' }),
    source: nullable(
      'chain[n], intermediates[n], caBundle[n], trustStore:NAME or fetched:URL. Null for the audience `client` where the service added it.'
    )
  },
  { $id: 'ChainCertificate', description: 'A certificate of the chain, or one that was left out of it.' }
)

const index = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, description })

export const ChainChange = Type.Object(
  {
    action: enumOf(['moved', 'added', 'removed']),
    certificate: Type.Unsafe<Static<typeof ChainCertificate> | null>({
      anyOf: [{ $ref: 'ChainCertificate#' }, { type: 'null' }],
      description: 'Null for what cannot be read.'
    }),
    from: index('Its index in what was sent; null for what was added.'),
    to: index('Its index in what is given back; null for what was removed.'),
    reason: Type.Unsafe<(typeof removalReasons)[number] | null>({
      type: ['string', 'null'],
      enum: [...removalReasons, null],
      description:
        'Why it was removed: duplicate; root (none was asked for); not-needed (the path goes another way); stranger (no names lead to it); unreadable. Null for other actions.'
    }),
    message: Type.String({ description: 'For people; it may change.' })
  },
  { $id: 'ChainChange', description: 'What was done to the chain that was sent.' }
)

export const RepairedChain = Type.Object(
  {
    chain: Type.String({ description: 'PEM, end entity first.' }),
    complete: Type.Boolean({
      description: 'It leads to a trust anchor by itself, without anything that was sent beside it.'
    }),
    certificates: Type.Array(ref(ChainCertificate), { description: 'What it holds, end entity first.' }),
    changes: Type.Array(ref(ChainChange), { description: 'Empty where the chain was right as it came.' }),
    privateKey: Type.Optional(
      Type.Object(
        {
          matches: Type.Unsafe<boolean | null>({
            type: ['boolean', 'null'],
            description:
              'Whether it belongs to the end entity; null where it is encrypted, or nothing can be said of it.'
          }),
          precedesCertificate: Type.Boolean(),
          encrypted: Type.Boolean(),
          element: index('The string of an array that it stood in.'),
          line: index('The line of its PEM block, from 1.')
        },
        {
          description:
            'Where a private key came in chain. It was used for this alone, and dropped; it is never given back.'
        }
      )
    ),
    verdict: ref(Verdict)
  },
  { $id: 'RepairedChain', description: 'A chain that was put right, and what a validation of it alone says.' }
)

/** The compiler stops here where the schemas and the core part. */
export const chainRequestIsOfTheCore: SameShape<
  Static<typeof ChainRequest>,
  CoreRequest<string | readonly string[]>
> = true
export const repairedChainIsOfTheCore: SameShape<Static<typeof RepairedChain>, CoreRepairedChain> = true
