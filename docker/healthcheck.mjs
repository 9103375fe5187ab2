// The image's health check: exits with 0 when the service of this container answers GET /health/live with 200, else with 1.
import { request } from 'node:http'
import { env, exit, stderr } from 'node:process'

const everywhere = { '0.0.0.0': '127.0.0.1', '::': '::1' }
const host = env['HOST'] || '127.0.0.1'

const fail = (reason) => {
  stderr.write(`${reason}\n`)
  exit(1)
}

request({ host: everywhere[host] ?? host, port: env['PORT'] || 8080, path: '/health/live', timeout: 2000 })
  .on('response', ({ statusCode }) => (statusCode === 200 ? exit(0) : fail(`GET /health/live answered ${statusCode}`)))
  .on('timeout', () => fail('GET /health/live was not answered within 2 s'))
  .on('error', ({ message }) => fail(message))
  .end()
