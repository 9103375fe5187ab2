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

/** What it answers with: JSON, or the same objects in another form. */
export const inspectTypes = [
  'application/json',
  'application/pem-certificate-chain',
  'application/x-pem-file',
  'application/pkix-cert',
  'application/pkcs7-mime',
  'application/x-pkcs7-certificates'
] as const

const answers = inspectTypes.map((type) => {
  if (type === 'application/json') return [type, { schema: ref(Inspection) }]
  return [type, { schema: type.includes('pem') ? { type: 'string' } : { type: 'string', format: 'binary' } }]
})

/** What `POST /inspect` takes and answers. */
export const inspectRouteSchema = {
  operationId: 'inspect',
  tags: ['inspection'],
  summary: 'Says what certificates, CRLs, OCSP responses, requests and bundles hold, or gives them in another form',
  description:
    'Every object of what was sent, in its order: each field and each extension by name, what is not known as hex. What cannot be read is an item with its fault. Of a private key nothing is told but that it is there and whether it belongs to the first certificate. Where Accept asks for PEM, PKCS#7 or DER (of one certificate), the same objects are given in that form, but for private keys; what cannot be read is a problem then.',
  body: { required: true, content: Object.fromEntries(bodies) },
  response: {
    200: { description: 'What was sent.', content: Object.fromEntries(answers) },
    400: problem('The request is not what the contract says.'),
    406: problem('None of the forms that Accept asks for is given.'),
    408: problem('The request did not arrive in time.'),
    413: problem('The body, or a count in it, is over a limit.'),
    415: problem('The content type is not taken.'),
    ...overLimits,
    422: problem('What was sent cannot be given in the form that Accept asks for, or costs more than one request may.'),
    '5xx': problem('The service failed.')
  }
}
