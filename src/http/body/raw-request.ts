import type { FastifyReply, FastifyRequest } from 'fastify'
import { negotiated } from '../negotiation.ts'
import type { OptionTexts } from '../option-texts.ts'
import type { BodiesInFlight } from './bodies-in-flight.ts'
import { giveBack } from './give-back.ts'
import { type MediaType, mediaTypeOf } from './media-types.ts'
import { readBody } from './read.ts'
import { nextRound } from './rounds.ts'

/** A request as it came, before it is known what its body says. */
export interface RawRequest {
  readonly mediaType: MediaType
  /** The header field, with its parameters. */
  readonly contentType: string
  readonly body: Uint8Array
  readonly query: OptionTexts
}

/** More than comes in one piece, so that the memory of a body that is larger is its own. */
const onePiece = 65_536

/** Gives the memory of a large body back once its JSON is read: nothing that JSON is read to refers to its octets. */
export const releaseJson = ({ mediaType, body }: Pick<RawRequest, 'mediaType' | 'body'>): void => {
  if (mediaType === 'application/json' && body.length > onePiece) giveBack(body)
}

/** All of it but the query, read by this as far as it is allowed to be, when those that came beside it begin as well. */
export const receive = async (
  request: FastifyRequest,
  reply: FastifyReply,
  maxBodyBytes: number,
  inFlight: BodiesInFlight
): Promise<Omit<RawRequest, 'query'>> => {
  const mediaType = mediaTypeOf(request.headers)
  const body = await readBody(request, reply, maxBodyBytes, inFlight)
  await nextRound()
  return { mediaType, contentType: request.headers['content-type'] ?? '', body }
}

/**
 * Refuses a request before its body is looked at: nobody need send one in a type that is not taken, or for an answer that he will not
 * take. `answers` are the types there are; left out, they are not chosen from.
 */
export const refuseUnread =
  (answers?: readonly string[]) =>
  ({ headers }: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
    mediaTypeOf(headers)
    if (answers !== undefined) negotiated(headers.accept, answers)
    done()
  }
