import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'
import type { RawAnswer } from './raw-answers.ts'

/** Holds every request to what HTTP/1.1 asks of it and the parser of Node.js lets pass, before any route sees it. */
export const requireFraming = (app: FastifyInstance, answer: RawAnswer): void => {
  const { server } = app
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const { headers, httpVersion } = raw
    const fault = faultOfHost(raw)
    if (fault !== undefined) throw new Problem('request-malformed', fault)
    // RFC 9112 §6.1: of the transfer codings, which Node.js does not undo but for the chunks, none is taken.
    const coding = headers['transfer-encoding']
    if (coding !== undefined && coding.trim().toLowerCase() !== 'chunked') {
      throw new Problem(
        'content-type-unsupported',
        'Compressed bodies are not taken: send it without a transfer coding.'
      )
    }
    if (httpVersion === '1.1' && headers.expect !== undefined && !expectsContinue(headers.expect)) {
      throw new Problem('expectation-failed', 'Of expectations only 100-continue is known here.')
    }
    done()
  })
  // Node would let every body come, and answer other expectations in words of its own.
  for (const event of ['checkContinue', 'checkExpectation'] as const) {
    server.on(event, (request, response) => server.emit('request', request, response))
  }
  server.on('connect', (_request, socket) =>
    answer(socket, new Problem('request-malformed', 'This service is no proxy: it takes no CONNECT.'))
  )
}

/**
 * Tells a client that waits for it that its body may come (RFC 9110 §10.1.1). Call it before the body is read, and after all that refuses
 * the request by its header: a body that is refused anyhow is then never sent.
 */
export const letBodyCome = ({ raw }: FastifyRequest, reply: FastifyReply): void => {
  const { expect } = raw.headers
  if (expect !== undefined && raw.httpVersion === '1.1' && expectsContinue(expect)) reply.raw.writeContinue()
}

const expectsContinue = (expect: string): boolean => expect.trim().toLowerCase() === '100-continue'

/** RFC 9112 §3.2: there is one Host field, though it may be empty (RFC 3986 §3.2.2 has what it may hold); HTTP/1.0 may have none. */
const faultOfHost = ({ headers, httpVersion, rawHeaders }: FastifyRequest['raw']): string | undefined => {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  if (hosts === 0) return httpVersion === '1.0' ? undefined : 'The request has no Host header field.'
  if (hosts > 1) return 'The request has more than one Host header field.'
  return hostPattern.test(headers.host ?? '') ? undefined : 'The Host header field names no host.'
}

const hostPattern = /^(?:\[[\da-f:.]+\]|[\w.~%!$&'()*+,;=-]*)(?::\d*)?$/i
