import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { TrustStoreService } from '../../service/trust-stores/trust-store-service.ts'
import type { Authenticate } from '../authentication.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import type { BodyLimits } from '../body/validation-request.ts'
import { holdsKey } from '../key-material.ts'
import { keyRefused } from '../refuse-keys.ts'
import { NameParameter, VersionParameters } from '../schemas/store-requests.ts'
import { validator } from '../validator.ts'

/** What the routes of trust stores are made of. */
export interface TrustStoreRoutesParts {
  readonly stores: TrustStoreService
  readonly authenticate: Authenticate
  readonly log: Logger
  readonly inFlight: BodiesInFlight
  readonly limits: BodyLimits
  /** Of a request that anybody may make, and of an upload. */
  readonly maxBodyBytes: number
  readonly maxUploadBytes: number
  readonly maxRehearsedRequests: number
}

const validName = validator(NameParameter)
const validVersion = validator(VersionParameters)

/** The name of a trust store in the path, or a problem. */
export const nameOf = ({ params }: FastifyRequest): string => {
  const { name } = validName(params)
  // Names are kept, logged and told to everybody.
  if (holdsKey(name, 40)) throw keyRefused('/name')
  return name
}

/** The name and the number of a version in the path, or a problem. */
export const versionOf = ({ params }: FastifyRequest): { readonly name: string; readonly version: number } => {
  const given = typeof params === 'object' && params !== null && 'version' in params ? String(params.version) : ''
  const version = /^[1-9]\d*$/.test(given) ? Number(given) : given
  return validVersion({ ...(typeof params === 'object' ? params : {}), version })
}
