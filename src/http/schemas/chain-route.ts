import { mediaTypes } from '../body/media-types.ts'
import { problemType } from '../problem.ts'
import { ChainForm, ChainQuery, ChainRequest, RepairedChain } from './chain.ts'
import { exampleRequest } from './example.ts'
import { overLimit, overLimits } from './limits.ts'
import { ProblemSchema } from './problem.ts'
import { ref } from './shapes.ts'

/** The forms in which a chain is given back, the first where the client has no wish. */
export const chainTypes = [
  'application/json',
  'application/pem-certificate-chain',
  'application/x-pem-file',
  'application/pkcs7-mime',
  'application/x-pkcs7-certificates'
] as const

const problem = (description: string) => ({ description, content: { [problemType]: { schema: ref(ProblemSchema) } } })
const octets = { type: 'string', format: 'binary' }

const bodies = Object.entries(mediaTypes).map(([type, kind]) => {
  if (kind === 'json') return [type, { schema: ref(ChainRequest) }]
  if (kind === 'form') return [type, { schema: ref(ChainForm) }]
  return [type, { schema: /pem|text/.test(type) ? { type: 'string', examples: [exampleRequest.chain] } : octets }]
})

const answers = chainTypes.map((type) => {
  if (type === 'application/json') return [type, { schema: ref(RepairedChain) }]
  return [type, { schema: type.includes('pem') ? { type: 'string' } : octets }]
})

const header = (description: string, schema: object) => ({ ...schema, description })

/** What `POST /chain` takes and answers. */
export const chainRouteSchema = {
  operationId: 'repairChain',
  tags: ['validation'],
  summary: 'Puts a certificate chain right',
  description:
    'Gives back the certificates that belong to the chain in their order, end entity first: without duplicates and strangers, with missing ones from `intermediates`, the trust stores or (with `fetchIssuers`) where the certificates say. The end entity is the certificate that a private key in `chain` belongs to; else the first, unless that is a CA and another is not. What is given back is validated again by itself. In the form that Accept asks for, where `vidimus-complete` and `vidimus-outcome` say of PEM and PKCS#7 what the JSON says.',
  querystring: ChainQuery,
  body: { required: true, content: Object.fromEntries(bodies) },
  response: {
    200: {
      description: 'The chain, right as far as the certificates are there.',
      headers: {
        'vidimus-complete': header('Whether it leads to a trust anchor by itself.', { type: 'boolean' }),
        'vidimus-outcome': header('The outcome of the validation of it alone.', {
          type: 'string',
          enum: ['valid', 'invalid', 'indeterminate']
        })
      },
      content: Object.fromEntries(answers)
    },
    400: problem('The request is not what the contract says.'),
    406: problem('None of the forms that Accept asks for is given.'),
    408: problem('The request did not arrive in time.'),
    413: problem('The body, or a count in it, is over a limit.'),
    415: problem('The content type is not taken.'),
    422: problem(
      'The first certificate cannot be read, a field that is not empty yields nothing, or there is no chain within the limits where a file is asked for.'
    ),
    ...overLimits,
    503: overLimit('Over a load limit, or a default trust store is not there.'),
    '5xx': problem('The service failed.')
  }
}
