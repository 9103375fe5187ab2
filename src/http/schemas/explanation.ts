import { Type } from 'typebox'
import { type Counterfactual as CoreCounterfactual, changeKinds, type TimelineEdge } from '../../core/model/verdict.ts'
import { codeNames } from './code-names.ts'
import { enumOf, isoTime } from './shapes.ts'

const edge = (description: string) =>
  Type.Unsafe<TimelineEdge | null>({
    type: ['object', 'null'],
    properties: {
      code: enumOf(codeNames, { description: 'limit-reached: what lies beyond was not tried.' }),
      message: Type.String({ description: 'For people; it may change.' }),
      certificate: {
        type: ['object', 'null'],
        properties: { fingerprint: Type.String(), subject: Type.String(), source: Type.String() },
        required: ['fingerprint', 'subject', 'source'],
        description: 'The certificate that it is about; null where it is about none, and for the audience `client`.'
      }
    },
    required: ['code', 'message', 'certificate'],
    description
  })

const instant = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], ...isoTime, description })

export const Timeline = Type.Object(
  {
    validFrom: instant('The first second; null where nothing begins it.'),
    begins: edge('The first error a second before.'),
    validUntil: instant('The last second; null where nothing ends it.'),
    ends: edge('The first error a second later: which certificate ends it and by which rule, often an intermediate.')
  },
  {
    $id: 'Timeline',
    description: 'From when to when the chain is valid without a gap, over all its paths and the evidence there is.'
  }
)

export const Counterfactual = Type.Object(
  {
    changes: Type.Array(
      Type.Object({ kind: enumOf(changeKinds), message: Type.String({ description: 'For people; it may change.' }) })
    ),
    set: Type.Unsafe<CoreCounterfactual['set']>({
      type: 'object',
      additionalProperties: true,
      description: 'Members of the request to be replaced, and where null to be left out, as by RFC 7396.'
    }),
    add: Type.Object(
      {
        caBundle: Type.Optional(Type.String({ description: 'PEM.' })),
        intermediates: Type.Optional(Type.String({ description: 'PEM.' }))
      },
      { description: 'What to put at the end of these fields of the request.' }
    )
  },
  {
    $id: 'Counterfactual',
    description:
      'A change of the request with which the chain is valid: it was validated again with it. That it would be valid does not mean that it should be trusted.'
  }
)
