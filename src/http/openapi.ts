import fastifySwagger from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { plainJsonOf } from '../service/plain-json.ts'
import { version } from '../version.ts'
import { everyPathEntryHas } from './schemas/verdict.ts'

/** Describes every route that is registered afterwards, at `GET /openapi.json` and, for people, below `GET /docs`. */
export const describeRoutes = async (app: FastifyInstance): Promise<void> => {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'vidimus',
        version,
        description: 'Validates X.509 certificate chains by RFC 5280 and says every reason for its verdict.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }
      },
      tags: [
        { name: 'validation', description: 'Verdicts on certificates' },
        { name: 'inspection', description: 'What certificates and CRLs say' },
        { name: 'trust stores', description: 'What is trusted, who may change it, and what a change would break' },
        { name: 'explanations', description: 'What the codes of errors, warnings and problems mean' },
        { name: 'operation', description: 'How the service is' }
      ],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'A token of ADMIN_TOKENS or ADMIN_TOKENS_FILE.' }
        }
      }
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject
      const schemas = document.openapiObject.components?.schemas ?? {}
      schemas['PathEntry'] = { ...schemas['PathEntry'], required: [...everyPathEntryHas] }
      return document.openapiObject
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json['$id'] ?? `schema-${index}`) }
  })
  await app.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { deepLinking: true, docExpansion: 'list', validatorUrl: null },
    theme: { title: 'vidimus' }
  })
  app.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'openapi',
        tags: ['operation'],
        summary: 'This description, as OpenAPI 3.1',
        response: {
          200: { description: 'The description.', content: { 'application/json': { schema: { type: 'object' } } } }
        }
      }
    },
    async (_request, reply) => reply.type('application/json').send(plainJsonOf(app.swagger()))
  )
}
