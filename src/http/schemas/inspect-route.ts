import { mediaTypes } from '../body/media-types.ts'
import { problemType } from '../problem.ts'
import { exampleRequest } from './example.ts'
import { Inspection, InspectionRequest } from './inspection.ts'
import { overLimits } from './limits.ts'
import { ProblemSchema } from './problem.ts'
import { ref } from './shapes.ts'

const problem = (description: string) => ({ description, content: { [problemType]: { schema: ref(ProblemSchema) } } })
const form = {
  type: 'object',
  properties: { chain: { type: 'string', format: 'binary', description: 'PEM, DER or PKCS#7; several may be given.' } },
  required: ['chain'],
  additionalProperties: false
}

const bodies = Object.entries(mediaTypes).map(([type, kind]) => {
  if (kind === 'json') return [type, { schema: ref(InspectionRequest) }]
  if (kind === 'form') return [type, { schema: form }]
  if (/pem|text/.test(type)) return [type, { schema: { type: 'string', examples: [exampleRequest.chain] } }]
  return [type, { schema: { type: 'string', format: 'binary' } }]
})

/** What `POST /inspect` takes and answers. */
export const inspectRouteSchema = {
  operationId: 'inspect',
  tags: ['inspection'],
  summary: 'Says what certificates, CRLs and bundles hold',
  description:
    'Every object of what was sent, in its order: each field and each extension by name, what is not known as hex. What cannot be read is an item with its fault. Nothing is judged; of a private key nothing is told but that it is there and whether it belongs to the first certificate.',
  body: { required: true, content: Object.fromEntries(bodies) },
  response: {
    200: { description: 'What was sent.', content: { 'application/json': { schema: ref(Inspection) } } },
    400: problem('The request is not what the contract says.'),
    408: problem('The request did not arrive in time.'),
    413: problem('The body, or a count in it, is over a limit.'),
    415: problem('The content type is not taken.'),
    ...overLimits,
    '5xx': problem('The service failed.')
  }
}
