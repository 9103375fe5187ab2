import fastifySwagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { version } from '../version.ts'
import { everyPathEntryHas } from './schemas/verdict.ts'

/**
 * Describes every route that is registered afterwards, for `openapi/openapi.json` to be written. The service does not do so while it
 * starts: that file is what it gives at `GET /openapi.json`.
 */
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
      externalDocs: { description: 'Guide: tutorial, how-to, reference and explanation', url: 'guide/' },
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
}
