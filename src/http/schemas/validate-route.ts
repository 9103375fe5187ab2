import { mediaTypes } from '../body/media-types.ts'
import { problemType } from '../problem.ts'
import { exampleRequest } from './example.ts'
import { overLimit, overLimits } from './limits.ts'
import { ProblemSchema } from './problem.ts'
import { ValidationForm, ValidationQuery, ValidationRequest } from './request.ts'
import { ref } from './shapes.ts'
import { Verdict } from './verdict.ts'

const problem = (description: string) => ({ description, content: { [problemType]: { schema: ref(ProblemSchema) } } })
const octets = { type: 'string', format: 'binary', description: 'The chain: PEM text, DER or PKCS#7.' }
const pem = { type: 'string', description: 'The chain: PEM text, and whatever text around it.' }

const bodies = Object.entries(mediaTypes).map(([type, kind]) => {
  if (kind === 'json') return [type, { schema: ref(ValidationRequest) }]
  if (kind === 'form') return [type, { schema: ref(ValidationForm) }]
  return [type, { schema: /pem|text/.test(type) ? { ...pem, examples: [exampleRequest.chain] } : octets }]
})

/** What `POST /validate` takes and answers. */
export const validateRouteSchema = {
  operationId: 'validate',
  tags: ['validation'],
  summary: 'Validates a certificate chain',
  description:
    'Answers whether the first certificate of `chain` is valid: whether a path leads from it to a trust anchor and every rule holds along that path. A failing certificate is an answer, not an error: 200 with `"valid": false`. Options stand in the body or in the query string, each in one of them.',
  querystring: ValidationQuery,
  body: { required: true, content: Object.fromEntries(bodies) },
  response: {
    200: { description: 'A verdict was reached.', content: { 'application/json': { schema: ref(Verdict) } } },
    400: problem('The request is not what the contract says.'),
    408: problem('The request did not arrive in time.'),
    413: problem('The body, or a count in it, is over a limit.'),
    415: problem('The content type is not taken.'),
    422: problem('The first certificate cannot be read, or a field that is not empty yields nothing.'),
    ...overLimits,
    503: overLimit('Over a load limit, or a default trust store is not there.'),
    '5xx': problem('The service failed.')
  }
}
