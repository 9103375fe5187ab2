import type { FastifyReply, FastifyRequest } from 'fastify'
import { entityTag, readPreconditions, readStatus } from '../preconditions.ts'
import { Problem } from '../problem.ts'
import type { StaticFile, StaticFiles } from './static-files.ts'

/**
 * What a page may do: load what the service itself gives, ask the service, and nothing else. No script writes markup either
 * (Trusted Types), so that no text, whatever it is, becomes an element.
 */
export const sitePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'"
].join('; ')

const everyFile = {
  'content-security-policy': sitePolicy,
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  // A browser keeps it and asks each time whether it is still the same: modules of two versions never meet.
  'cache-control': 'no-cache'
}

/** Answers with the file of this name, or that the client has it already, or a problem where there is none. */
export const sendFile = async (
  request: FastifyRequest,
  reply: FastifyReply,
  files: StaticFiles,
  name: string
): Promise<FastifyReply> => {
  const file = await files.find(name)
  if (file === undefined) throw new Problem('not-found', 'There is nothing at this path.')
  return sendFound(request, reply, file)
}

const sendFound = (request: FastifyRequest, reply: FastifyReply, { body, type, tag }: StaticFile): FastifyReply => {
  const status = readStatus(readPreconditions(request.headers), tag)
  if (status === 412) throw new Problem('precondition-failed', 'The file is not in the version of If-Match.')
  reply.headers({ ...everyFile, etag: entityTag(tag) })
  return status === 304 ? reply.code(304).send() : reply.type(type).send(body)
}
