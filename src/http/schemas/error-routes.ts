import { type Static, Type } from 'typebox'
import type { ErrorEntry } from '../errors/error-entry.ts'
import { problemType } from '../problem.ts'
import { codeNames } from './code-names.ts'
import { ProblemSchema, problemCodeNames } from './problem.ts'
import { enumOf, nullable, ref, type SameShape } from './shapes.ts'

const allCodes = [...new Set([...codeNames, ...problemCodeNames])]
const code = enumOf(allCodes, { description: 'Stable: never renamed or reused.' })
const type = Type.String({ description: 'The path of its page: /errors/CODE.' })
const inVerdicts = Type.Boolean({ description: 'Whether it stands in the errors and warnings of verdicts.' })
const status = Type.Unsafe<number | null>({
  type: ['integer', 'null'],
  description: 'The status of the problem that has this code; null where it is in verdicts alone.'
})

export const ErrorEntrySchema = Type.Object(
  {
    code,
    type,
    title: Type.String({ description: 'What it means in general.' }),
    meaning: Type.String(),
    causes: Type.Array(Type.String(), { description: 'How people come to it, the usual first.' }),
    remedy: Type.String({ description: 'What a person can do about it.' }),
    reference: nullable('The standard and its section; null for what is a problem alone.'),
    check: Type.Unsafe<ErrorEntry['check']>({
      type: ['object', 'null'],
      properties: { command: Type.String(), shows: Type.String() },
      required: ['command', 'shows'],
      description:
        'A command line of OpenSSL, and what to look for in what it prints. cert.pem is the certificate at fault and issuer.pem the one above it, chain.pem what was sent, ca.pem the trust anchors, crl.pem and response.der the evidence.'
    }),
    otherNames: Type.Object(
      {
        openssl: Type.Array(
          Type.Object({ number: Type.Integer(), constant: Type.String(), text: nullable('What its tools print.') })
        ),
        go: nullable('crypto/x509.'),
        java: nullable('java.security.cert.'),
        dotnet: nullable('X509ChainStatusFlags or SslPolicyErrors.'),
        chromium: nullable('net::ERR_….'),
        firefox: nullable('Of NSS and mozilla::pkix.')
      },
      { description: 'What other tools call the same fault.' }
    ),
    inVerdicts,
    status
  },
  { $id: 'ErrorEntry', description: 'What a code means.' }
)

export const ErrorList = Type.Object(
  { errors: Type.Array(Type.Object({ code, type, title: Type.String(), inVerdicts, status })) },
  { $id: 'ErrorList', description: 'All codes.' }
)

const page = { 'text/html': { schema: { type: 'string' } } }
const problem = (description: string) => ({ description, content: { [problemType]: { schema: ref(ProblemSchema) } } })

export const errorsSchema = {
  operationId: 'listErrors',
  tags: ['explanations'],
  summary: 'All codes of errors, warnings and problems',
  description: 'JSON, or a page for people where Accept asks for text/html.',
  response: {
    200: { description: 'The codes.', content: { 'application/json': { schema: ref(ErrorList) }, ...page } },
    406: problem('The client takes neither form.'),
    '5xx': problem('The service failed.')
  }
}

export const errorSchema = {
  operationId: 'getError',
  tags: ['explanations'],
  summary: 'What a code means',
  description:
    'What it means, how it comes about, what to do, how to check it with OpenSSL, and what other tools call it. JSON, or a page for people where Accept asks for text/html.',
  params: Type.Object({ code: Type.String({ description: 'A code of GET /errors.', examples: ['expired'] }) }),
  response: {
    200: { description: 'The code.', content: { 'application/json': { schema: ref(ErrorEntrySchema) }, ...page } },
    404: problem('No such code.'),
    406: problem('The client takes neither form.'),
    '5xx': problem('The service failed.')
  }
}

/** The compiler stops here where the schema and what is answered part. */
export const errorEntryIsAsDeclared: SameShape<Static<typeof ErrorEntrySchema>, ErrorEntry> = true
