import { createHash } from 'node:crypto'
import { readBundle } from '../core/decode/input/bundle.ts'
import type { Material, ValidationRequest } from '../core/model/request.ts'
import type { Answer, ValidationService } from './validation.ts'

/** A request that was answered with a verdict, so that it can be asked again: its certificates and CRLs in base64. */
export type RememberedRequest = ValidationRequest<readonly string[]>

/** The last distinct requests, in memory alone, for rehearsals. They are never logged, and hold no private key. */
export interface RememberedRequests {
  remember(request: ValidationRequest): void
  /** By their id, those that came last at the end. */
  readonly all: ReadonlyMap<string, RememberedRequest>
}

export interface RememberingBounds {
  /** 0 remembers nothing. */
  readonly maxRequests: number
  readonly maxBytes: number
  /** Objects in a request: what has more was not answered with a verdict. */
  readonly maxCertificates: number
}

/** Remembers up to `maxRequests` requests of `maxBytes` together; the oldest are forgotten first. */
export const rememberedRequests = (bounds: RememberingBounds): RememberedRequests => {
  const requests = new Map<string, RememberedRequest>()
  const sizes = new Map<string, number>()
  let bytes = 0
  const forget = (id: string): void => {
    bytes -= sizes.get(id) ?? 0
    requests.delete(id)
    sizes.delete(id)
  }
  return {
    all: requests,
    remember: (request) => {
      if (bounds.maxRequests === 0) return
      const rebuilt = withoutKeys(request, bounds.maxCertificates)
      if (rebuilt === undefined) return
      const text = JSON.stringify(rebuilt)
      if (text.length > bounds.maxBytes) return
      const id = createHash('sha256').update(text).digest('hex').slice(0, 16)
      forget(id)
      requests.set(id, rebuilt)
      sizes.set(id, text.length)
      bytes += text.length
      for (const oldest of requests.keys()) {
        if (requests.size <= bounds.maxRequests && bytes <= bounds.maxBytes) return
        forget(oldest)
      }
    }
  }
}

/** The same service, which remembers what it has given a verdict on. */
export const remembering = (service: ValidationService, requests: RememberedRequests): ValidationService => {
  const note = (request: ValidationRequest, answer: Answer): Answer => {
    if (answer.kind === 'verdict') requests.remember(request)
    return answer
  }
  return {
    ...service,
    validate: (request) => {
      const answer = service.validate(request)
      return answer instanceof Promise ? answer.then((given) => note(request, given)) : note(request, answer)
    }
  }
}

const fields = ['chain', 'intermediates', 'caBundle', 'crls'] as const

/**
 * The request with its material built anew from the certificates and CRLs in it, so that whatever else stood there is
 * left behind. Undefined where it would be another request then: one whose bundle says what its certificates are
 * trusted for.
 */
const withoutKeys = (request: ValidationRequest, most: number): RememberedRequest | undefined => {
  const { chain, intermediates, caBundle, crls, ...options } = request
  const rebuilt: Partial<Record<(typeof fields)[number], readonly string[]>> = {}
  for (const field of fields) {
    const material = request[field]
    if (material === undefined) continue
    const objects = objectsOf(material, most)
    if (objects === undefined) return undefined
    rebuilt[field] = objects
  }
  const { chain: target, ...others } = rebuilt
  return target === undefined ? undefined : { ...options, ...others, chain: target }
}

const objectsOf = (material: Material, most: number): readonly string[] | undefined => {
  const objects: string[] = []
  for (const item of readBundle(material, most).items) {
    if (item.type === 'private-key') item.key.der.fill(0)
    if (item.type !== 'certificate' && item.type !== 'crl') continue
    if (item.type === 'certificate' && item.trust !== undefined) return undefined
    objects.push(Buffer.from(item.der).toString('base64'))
  }
  return objects
}
