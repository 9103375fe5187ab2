import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { packageFile } from '../../package-file.ts'
import { plainJsonOf } from '../../service/plain-json.ts'

const descriptionSchema = {
  operationId: 'openapi',
  tags: ['operation'],
  summary: 'This description, as OpenAPI 3.1',
  response: {
    200: { description: 'The description.', content: { 'application/json': { schema: { type: 'object' } } } }
  }
}

/** The description of the service: the file that was written from its routes, which the tests hold to them. */
export const descriptionRoute = (app: FastifyInstance): void => {
  let description: Promise<string> | undefined
  app.get('/openapi.json', { schema: descriptionSchema }, async (_request, reply) => {
    description ??= read()
    return reply.type('application/json').send(await description)
  })
}

const read = async (): Promise<string> =>
  plainJsonOf(JSON.parse(await readFile(packageFile('openapi/openapi.json'), 'utf8')))
