import type { FastifyReply, FastifyRequest } from 'fastify'
import { letBodyCome } from '../framing.ts'
import { Problem } from '../problem.ts'
import type { BodiesInFlight } from './bodies-in-flight.ts'

/**
 * Reads the body of a request whole. It counts in `inFlight`, as it comes, until the answer has gone out: a length that is
 * declared and never sent takes no room from others.
 *
 * A body over the limit is refused at once, but the connection stays open and what still comes is thrown away: a
 * client that is still sending would otherwise get a reset connection in place of the answer.
 */
export const readBody = async (
  request: FastifyRequest,
  reply: FastifyReply,
  maxBytes: number,
  inFlight: BodiesInFlight
): Promise<Uint8Array> => {
  const declared = request.headers['content-length']
  if (Number(declared) > maxBytes) throw tooLarge(maxBytes)
  const reservation = inFlight.reserve()
  reply.raw.once('close', () => reservation.release())
  // A client that has gone already: that event was before, and nobody will get an answer.
  if (reply.raw.closed) reservation.release()

  letBodyCome(request, reply)
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.raw.iterator({ destroyOnReturn: false })) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('A body came as something other than octets')
      size += chunk.length
      if (size > maxBytes) throw tooLarge(maxBytes)
      reservation.add(chunk.length)
      chunks.push(chunk)
    }
  } catch (error) {
    // Node throws away of itself only what nobody began to read.
    request.raw.resume()
    if (error instanceof Problem) throw error
    throw new Problem('request-malformed', 'The body ended before it was complete.')
  }
  return Buffer.concat(chunks, size)
}

const tooLarge = (maxBytes: number): Problem =>
  new Problem('body-too-large', `A body may have ${maxBytes} bytes at most.`)
