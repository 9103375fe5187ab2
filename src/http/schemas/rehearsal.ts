import { type Static, Type } from 'typebox'
import type { RefusalCode } from '../../core/model/request.ts'
import type {
  RehearsedAnswer as CoreAnswer,
  RehearsedChange as CoreChange
} from '../../service/trust-stores/rehearsal.ts'
import { exampleRequest, exampleVerdict } from './example.ts'
import { exampleReference, exampleStore } from './example-store.ts'
import { ValidationRequest } from './request.ts'
import { enumOf, isoTime, ref, type SameShape } from './shapes.ts'
import { storeMaterial, storeMode, takingOptions } from './store-requests.ts'
import { StoreChanges } from './trust-stores.ts'
import { Finding, Verdict } from './verdict.ts'

const { caBundle, ...request } = exampleRequest

const members = {
  ...storeMaterial,
  mode: Type.Optional(storeMode),
  ...takingOptions,
  remembered: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'Also the requests that the service remembers (REMEMBER_REQUESTS), which needs a token.'
    })
  )
}

/** What is read of the body at first: its requests are read one by one afterwards. */
export const RehearsalFrame = Type.Object(
  { ...members, requests: Type.Optional(Type.Array(Type.Unknown())) },
  { additionalProperties: false }
)

/** The body of `POST /trust-stores/{name}/rehearse`. */
export const RehearsalRequest = Type.Object(
  {
    ...members,
    requests: Type.Optional(
      Type.Array(ref(ValidationRequest), { default: [], description: 'Bodies of POST /validate.' })
    )
  },
  {
    $id: 'RehearsalRequest',
    additionalProperties: false,
    description: 'What the trust store is to hold, and the requests to try it with.',
    examples: [{ certificates: caBundle, mode: 'replace', requests: [{ ...request, trustStores: ['corporate'] }] }]
  }
)

export const RehearsedAnswer = Type.Object(
  {
    valid: Type.Boolean(),
    outcome: enumOf(['valid', 'invalid', 'indeterminate', 'refused'], { description: 'refused: there is no verdict.' }),
    errors: Type.Array(ref(Finding)),
    trustAnchor: Verdict.properties.trustAnchor,
    problem: Type.Unsafe<{ readonly code: RefusalCode; readonly detail: string } | null>({
      type: ['object', 'null'],
      properties: { code: { type: 'string' }, detail: { type: 'string' } },
      required: ['code', 'detail'],
      description: 'Why there is no verdict.'
    })
  },
  { $id: 'RehearsedAnswer', description: 'What a request is answered with, as far as trust stores can change it.' }
)

export const RehearsedChange = Type.Object(
  {
    index: Type.Optional(Type.Integer({ minimum: 0, description: 'Index in requests.' })),
    remembered: Type.Optional(Type.String({ description: 'Id of a remembered request.' })),
    target: Type.Unsafe<CoreChange['target']>({
      type: ['object', 'null'],
      properties: { fingerprint: { type: 'string' }, subject: { type: 'string' } },
      required: ['fingerprint', 'subject'],
      description: 'The certificate that is validated.'
    }),
    before: ref(RehearsedAnswer),
    after: ref(RehearsedAnswer)
  },
  { $id: 'RehearsedChange', description: 'A request that is answered otherwise with the proposed store.' }
)

const count = (description: string) => Type.Integer({ minimum: 0, description })

export const RehearsalReport = Type.Object(
  {
    at: Type.String({ ...isoTime, description: 'The time of validation of requests that name none.' }),
    counts: Type.Object({
      rehearsed: count('All of those below.'),
      unaffected: count('Those that do not consult the store.'),
      unchanged: count('Those that get the same verdict for the same reasons.'),
      flipped: count('Those with another outcome.'),
      moved: count('Those with the same outcome and another trust anchor, or other errors.')
    }),
    flipped: Type.Array(ref(RehearsedChange)),
    moved: Type.Array(ref(RehearsedChange)),
    changes: ref(StoreChanges)
  },
  {
    $id: 'RehearsalReport',
    description: 'Which verdicts a change of the trust store would flip, and why.',
    examples: [
      {
        at: '2026-12-24T12:00:00Z',
        counts: { rehearsed: 1, unaffected: 0, unchanged: 0, flipped: 1, moved: 0 },
        flipped: [
          {
            index: 0,
            target: { fingerprint: exampleVerdict.path[0]?.fingerprint, subject: exampleVerdict.path[0]?.subject },
            before: {
              valid: false,
              outcome: 'invalid',
              errors: [
                {
                  code: 'issuer-not-found',
                  message:
                    'The issuer CN=Example CA,O=Example of this certificate was not found among the certificates sent or the trust anchors.',
                  certificate: 0,
                  reference: 'RFC 5280 §6.1',
                  details: { issuer: 'CN=Example CA,O=Example' }
                }
              ],
              trustAnchor: null,
              problem: null
            },
            after: {
              valid: true,
              outcome: 'valid',
              errors: [],
              trustAnchor: { ...exampleVerdict.trustAnchor, source: 'trustStore:corporate' },
              problem: null
            }
          }
        ],
        moved: [],
        changes: {
          digest: { before: null, after: exampleStore.digest },
          added: [exampleReference],
          removed: [],
          unchanged: 0,
          crls: { added: 0, removed: 0, unchanged: 0 },
          constrained: [],
          expired: [],
          expiring: [],
          notCa: [],
          weak: []
        }
      }
    ]
  }
)

export const answerIsAsDeclared: SameShape<Static<typeof RehearsedAnswer>, CoreAnswer> = true
export const changeIsAsDeclared: SameShape<Static<typeof RehearsedChange>, CoreChange> = true
