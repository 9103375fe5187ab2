import { type Static, Type } from 'typebox'
import type { Details } from '../../core/model/code-row.ts'
import { type Code, codes } from '../../core/model/codes.ts'
import type { Verdict as CoreVerdict } from '../../core/model/verdict.ts'
import type { ClientVerdict } from '../../service/audience.ts'
import { exampleRefusedVerdict, exampleVerdict } from './example.ts'
import { enumOf, isoTime, nullable, ref, type SameShape } from './shapes.ts'

const left = ' Left out for the audience `client` where it would tell of internal CAs.'
const outcome = enumOf(['valid', 'invalid', 'indeterminate'], {
  description: 'indeterminate: the search stopped at a limit, or evidence was missing; it may be asked again.'
})

/**
 * Members of a path entry that are there for every audience. The schema itself requires none: the serializer writes
 * required members before the others, and the order of the contract would be lost. The description names them.
 */
export const everyPathEntryHas = ['notBefore', 'notAfter', 'role'] as const

export const PathEntry = Type.Object(
  {
    fingerprint: Type.Optional(Type.String({ description: `SHA-256 of the DER in lower-case hex.${left}` })),
    subject: Type.Optional(Type.String({ description: `RFC 4514.${left}` })),
    issuer: Type.Optional(Type.String({ description: `RFC 4514.${left}` })),
    serialNumber: Type.Optional(Type.String({ description: `The octets of the INTEGER in lower-case hex.${left}` })),
    notBefore: Type.Optional(nullable('RFC 3339; null where it cannot be read.')),
    notAfter: Type.Optional(nullable('RFC 3339; null where it cannot be read.')),
    role: Type.Optional(enumOf(['end-entity', 'intermediate', 'trust-anchor'])),
    source: Type.Optional(
      Type.String({
        description: `Where it came from: chain[n], intermediates[n], caBundle[n], trustStore:NAME or fetched:URL.${left}`
      })
    )
  },
  { $id: 'PathEntry', description: 'A certificate of a path.' }
)

/** Every code of a finding. */
export const codeNames = Object.keys(codes).filter((name): name is Code => name in codes)

export const Finding = Type.Object(
  {
    code: enumOf(codeNames, { description: 'Stable: never renamed or reused.' }),
    message: Type.String({ description: 'For people; it may change.' }),
    certificate: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'An index in the path, end-entity first; null for the path as a whole.'
    }),
    reference: Type.String({ description: 'The standard and its section.' }),
    details: Type.Unsafe<Details>({
      type: 'object',
      additionalProperties: true,
      description: 'The values of this case; each code has its own.'
    })
  },
  { $id: 'Finding', description: 'An error or a warning.' }
)

export const Attempt = Type.Object(
  { path: Type.Array(ref(PathEntry)), outcome, errors: Type.Array(ref(Finding)) },
  { $id: 'Attempt', description: 'A candidate path that was tried.' }
)

export const Verdict = Type.Object(
  {
    valid: Type.Boolean({ description: 'True only where outcome is valid.' }),
    outcome,
    checkedAt: Type.String({ ...isoTime, description: 'The time of validation.' }),
    path: Type.Array(ref(PathEntry), {
      description: 'The valid path, or the best candidate; end-entity first. Empty with explain none.'
    }),
    errors: Type.Array(ref(Finding), {
      description: 'Every violation found on the path; empty if and only if valid is true.'
    }),
    warnings: Type.Array(ref(Finding), { description: 'What never changes the verdict.' }),
    trustAnchor: Type.Unsafe<CoreVerdict['trustAnchor']>({
      type: ['object', 'null'],
      properties: { fingerprint: Type.String(), subject: Type.String(), source: Type.String() },
      required: ['fingerprint', 'subject', 'source'],
      description: 'Where the path ends; null where it ends at no trust anchor, and for the audience `client`.'
    }),
    trust: Type.Array(
      Type.Object({
        name: nullable('Null for the caBundle of the request.'),
        version: nullable('What its source says of its version.'),
        digest: Type.String({ description: 'SHA-256 over the sorted fingerprints of its certificates.' })
      }),
      { description: 'The trust stores that were consulted; none are named to the audience `client`.' }
    ),
    matchedNames: Type.Optional(
      Type.Array(
        Type.Object({
          type: enumOf(['dns', 'ip', 'email', 'uri']),
          value: Type.String({ description: 'The name asked for.' }),
          matched: nullable('The alternative name that matched it, or null.')
        }),
        { description: 'Where names were asked for: which alternative name matched each.' }
      )
    ),
    policies: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Where the path is valid: the user-constrained policy set, 2.5.29.32.0 for any.'
      })
    ),
    privateKey: Type.Optional(
      Type.Object(
        {
          matches: Type.Unsafe<boolean | null>({
            type: ['boolean', 'null'],
            description: 'Whether it belongs to the first certificate; null where it is encrypted.'
          }),
          precedesCertificate: Type.Boolean(),
          encrypted: Type.Boolean()
        },
        { description: 'Where a private key came in chain. It was used for this alone, and dropped.' }
      )
    ),
    attempts: Type.Optional(
      Type.Array(ref(Attempt), { description: 'With explain all: the candidate paths, nearest to valid first.' })
    )
  },
  {
    $id: 'Verdict',
    description: 'Whether the first certificate of chain is valid, and every reason why it is not.',
    examples: [exampleVerdict, exampleRefusedVerdict]
  }
)

/** The compiler stops here where the schema and what the service answers part. */
export const verdictIsOfTheCore: SameShape<Static<typeof Verdict>, CoreVerdict> = true
export const servesEveryAudience: CoreVerdict | ClientVerdict extends Readonly<Answerable> ? true : false = true

type Answerable = { readonly [K in keyof Static<typeof Verdict>]: ReadonlyDeep<Static<typeof Verdict>[K]> }
type ReadonlyDeep<T> = T extends readonly (infer E)[]
  ? readonly ReadonlyDeep<E>[]
  : T extends object
    ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
    : T
