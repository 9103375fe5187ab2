import Fastify from 'fastify'

/** The floor: what a Fastify route costs that only gives back the body it was sent, as octets. */
const app = Fastify({ bodyLimit: 64 * 1_048_576 })
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
app.post('/validate', async (request, reply) => reply.type('application/json').send(request.body))
process.stdout.write(`Listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.once('SIGTERM', () => process.exit(0))
