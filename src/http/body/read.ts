import type { FastifyReply, FastifyRequest } from 'fastify'
import { letBodyCome } from '../framing.ts'
import { Problem } from '../problem.ts'
import type { BodiesInFlight } from './bodies-in-flight.ts'
import { giveBack } from './give-back.ts'

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
  return new Promise((resolve, reject) => {
    const { raw } = request
    const chunks: Uint8Array[] = []
    let size = 0
    let settled = false
    const refuse = (error: unknown): void => {
      if (settled) return
      settled = true
      // What still comes flows on, and is thrown away.
      raw.off('data', take).resume()
      reject(error)
    }
    const take = (chunk: unknown): void => {
      try {
        if (!(chunk instanceof Uint8Array)) throw new TypeError('A body came as something other than octets')
        size += chunk.length
        if (size > maxBytes) throw tooLarge(maxBytes)
        reservation.add(chunk.length)
        chunks.push(chunk)
      } catch (error) {
        refuse(error)
      }
    }
    // Every request is closed in the end, most of them whole.
    const cutShort = (): void => {
      if (!settled) refuse(new Problem('request-malformed', 'The body ended before it was complete.'))
    }
    raw.on('data', take)
    raw.once('end', () => {
      settled = true
      resolve(joined(chunks, size))
    })
    raw.once('error', cutShort)
    raw.once('close', cutShort)
    if (raw.destroyed) cutShort()
  })
}

/** All pieces in one, which has memory of its own where they are several. */
const joined = (pieces: readonly Uint8Array[], size: number): Uint8Array => {
  const [only] = pieces
  if (pieces.length === 1 && only !== undefined) return only
  const whole = Buffer.concat(pieces, size)
  for (const piece of pieces) giveBack(piece)
  return whole
}

const tooLarge = (maxBytes: number): Problem =>
  new Problem('body-too-large', `A body may have ${maxBytes} bytes at most.`)
