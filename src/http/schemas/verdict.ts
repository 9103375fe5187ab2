import { type Static, Type } from 'typebox'
import type { Details } from '../../core/model/code-row.ts'
import { revocationReasons } from '../../core/model/crl.ts'
import { type Verdict as CoreVerdict, checkAgainReasons } from '../../core/model/verdict.ts'
import type { ClientVerdict } from '../../service/audience.ts'
import { codeNames } from './code-names.ts'
import { exampleRefusedVerdict, exampleVerdict } from './example.ts'
import { Counterfactual, Timeline } from './explanation.ts'
import { enumOf, isoTime, nullable, ref, type SameShape } from './shapes.ts'

const left = ' Left out for the audience `client` where it would tell of internal CAs.'
const outcome = enumOf(['valid', 'invalid', 'indeterminate'], {
  description: 'indeterminate: the search stopped at a limit, or evidence was missing; it may be asked again.'
})

const reasons = revocationReasons.filter((reason) => reason !== undefined)

const checkAgainText =
  'Until when the answer as a whole can be relied upon without asking again. Valid: the last second before something that it rests on ends. Not valid: the time from which on the same chain may come out otherwise; that of the validation where evidence is what it takes, so that waiting gains nothing; null where neither time nor evidence changes the answer.'
const checkAgainReasonText = [
  'What changes at checkAgainAt.',
  'Valid: certificate-expires; evidence-expires (ask again with newer CRLs or OCSP responses).',
  'Invalid: certificate-becomes-valid; hold-may-end (the evidence of a certificateHold goes out of date).',
  'Indeterminate: evidence-becomes-current (it is of a later time); evidence-stale (newer evidence should be there: fetch it and ask again at once); evidence-missing (errors and warnings say which; ask again with it); limit-reached (send less: at any time the same request ends at the same limit).',
  'Null where nothing changes.'
].join(' ')

/**
 * Members of a path entry that are there for every audience. The schema itself requires none: the serializer writes
 * required members before the others, and the order of the contract would be lost. The description names them.
 */
export const everyPathEntryHas = ['notBefore', 'notAfter', 'role'] as const

export const Evidence = Type.Object(
  {
    type: enumOf(['crl', 'ocsp']),
    source: Type.String({ description: 'crls[n], ocspResponses[n], trustStore:NAME or fetched:URL.' }),
    thisUpdate: nullable('RFC 3339; null where it does not say.'),
    nextUpdate: nullable('RFC 3339; null where it does not say.')
  },
  { $id: 'Evidence', description: 'A CRL or an OCSP response that a status rests on.' }
)

export const Revocation = Type.Object(
  {
    status: enumOf(['good', 'revoked', 'unknown']),
    reason: Type.Optional(
      enumOf(reasons, { description: 'Where revoked: the reason of RFC 5280 §5.3.1, unspecified where none is given.' })
    ),
    revokedAt: Type.Optional(Type.String({ ...isoTime, description: 'Where revoked: since when.' })),
    invalidityDate: Type.Optional(
      Type.String({ ...isoTime, description: 'Where revoked: since when the key is thought to be compromised.' })
    ),
    evidence: Type.Optional(
      Type.Array(ref(Evidence), {
        description: 'What the status rests on; empty where it is unknown. Left out for the audience `client`.'
      })
    )
  },
  { $id: 'Revocation', description: 'What is known of the revocation of a certificate.' }
)

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
    ),
    revocation: Type.Optional(ref(Revocation))
  },
  { $id: 'PathEntry', description: 'A certificate of a path.' }
)

export const Finding = Type.Object(
  {
    code: enumOf(codeNames, { description: 'Stable: never renamed or reused.' }),
    type: Type.String({ description: '/errors/CODE: the path of the page that explains the code.' }),
    message: Type.String({ description: 'For people; it may change.' }),
    certificate: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'An index in the path, end-entity first; null for the path as a whole.'
    }),
    reference: Type.String({ description: 'The standard and its section.' }),
    remedy: Type.String({ description: 'What a person can do about it.' }),
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
    checkAgainAt: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      ...isoTime,
      description: checkAgainText
    }),
    checkAgainReason: Type.Unsafe<CoreVerdict['checkAgainReason']>({
      type: ['string', 'null'],
      enum: [...checkAgainReasons, null],
      description: checkAgainReasonText
    }),
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
    fetches: Type.Optional(
      Type.Array(
        Type.Object({
          url: Type.String(),
          kind: enumOf(['crl', 'ocsp', 'issuer']),
          outcome: enumOf(['fetched', 'kept', 'failed'], {
            description: 'kept: it had been fetched before, by this process or another.'
          }),
          reason: Type.Optional(Type.String({ description: 'Why it failed.' }))
        }),
        {
          description: 'What was asked for outside for this answer, where anything was; not for the audience `client`.'
        }
      )
    ),
    attempts: Type.Optional(
      Type.Array(ref(Attempt), { description: 'With explain all: the candidate paths, nearest to valid first.' })
    ),
    timeline: Type.Optional(
      Type.Unsafe<CoreVerdict['timeline'] | null>({
        anyOf: [ref(Timeline), { type: 'null' }],
        description:
          'With explain all: around the time of validation, or where it is not valid then around the nearest time at which it is; null where no such time was found.'
      })
    ),
    wouldBeValid: Type.Optional(
      Type.Array(ref(Counterfactual), {
        description:
          'With explain all, where it is not valid: what would make it valid, the smallest changes first. For the audience `client` only what tells nothing of CAs and stores.'
      })
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
