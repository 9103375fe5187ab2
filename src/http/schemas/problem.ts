import { type Static, Type } from 'typebox'
import type { ProblemDocument } from '../problem.ts'
import { type ProblemCode, problemCodes } from '../problem-codes.ts'
import { enumOf, ref, type SameShape } from './shapes.ts'

export const problemCodeNames = Object.keys(problemCodes).filter((name): name is ProblemCode => name in problemCodes)
const code = enumOf(problemCodeNames, { description: 'Stable: never renamed or reused.' })

export const ProblemError = Type.Object(
  {
    pointer: Type.String({ description: 'JSON Pointer (RFC 6901) into the request.' }),
    code,
    detail: Type.String(),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'The line of the block at fault inside PEM text.' }))
  },
  { $id: 'ProblemError', description: 'A place at fault.' }
)

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: '/errors/CODE: the path of the page that explains the code.' }),
    title: Type.String({ description: 'What the code means in general.' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong in this case, for people; it may change.' }),
    code,
    errors: Type.Array(ref(ProblemError), { description: 'The places at fault.' })
  },
  {
    $id: 'Problem',
    description: 'RFC 9457: why there is no verdict.',
    examples: [
      {
        type: '/errors/field-unknown',
        title: 'The request has a field that is not known',
        status: 400,
        detail: 'The field "hostName" is not known. Is "hostname" meant?',
        code: 'field-unknown',
        errors: [
          {
            pointer: '/hostName',
            code: 'field-unknown',
            detail: 'The field "hostName" is not known. Is "hostname" meant?'
          }
        ]
      }
    ]
  }
)

export const problemIsAsDeclared: SameShape<Static<typeof ProblemSchema>, ProblemDocument> = true
