import { type Static, Type } from 'typebox'
import { problemType } from '../problem.ts'
import { overLimits } from './limits.ts'
import { ProblemSchema } from './problem.ts'
import { ValidationRequest } from './request.ts'
import { ref } from './shapes.ts'
import { Verdict } from './verdict.ts'

const problem = (description: string) => ({ description, content: { [problemType]: { schema: ref(ProblemSchema) } } })

const id = Type.Unsafe<string | number | null>({
  type: ['string', 'integer', 'null'],
  maxLength: 256,
  description: 'What the line is known by; its answer has the same.'
})

/** A line of the request. */
export const BatchLine = Type.Object(
  { id: Type.Optional(id), ...ValidationRequest.properties },
  { $id: 'BatchLine', additionalProperties: false, description: 'A body of POST /validate, with an id.' }
)

/** A line of the answer. */
export const BatchAnswer = Type.Object(
  {
    id,
    status: Type.Integer({ description: 'As POST /validate would have answered.' }),
    body: Type.Unsafe<Static<typeof Verdict> | Static<typeof ProblemSchema>>({
      oneOf: [ref(Verdict), ref(ProblemSchema)],
      description: 'A verdict or a problem.'
    })
  },
  { $id: 'BatchAnswer', description: 'The answer to one line; id is null where the line cannot be read.' }
)

export const BatchQuery = Type.Object(
  {
    ordered: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'Whether answers come in the order of the lines; else each comes when it is there.'
      })
    )
  },
  { additionalProperties: false }
)

export const batchType = 'application/x-ndjson'

/** What `POST /validate/batch` takes and answers. */
export const batchRouteSchema = {
  operationId: 'validateBatch',
  tags: ['validation'],
  summary: 'Validates many certificate chains in one request',
  description:
    'Takes newline-delimited JSON and answers in the same form while it is still being sent: read the answer as you send. Each line is judged by itself; what is wrong with one is the answer to that line, and the others go on. There is no limit to the number of lines.',
  querystring: BatchQuery,
  body: { required: true, content: { [batchType]: { schema: ref(BatchLine) } } },
  response: {
    200: {
      description: 'A line for each line that is not blank.',
      content: { [batchType]: { schema: ref(BatchAnswer) } }
    },
    400: problem('The query has something that is not known.'),
    415: problem('The content type is not application/x-ndjson.'),
    ...overLimits,
    '5xx': problem('The service failed.')
  }
}
