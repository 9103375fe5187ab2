import { readFileSync } from 'node:fs'
import { fromBER } from 'asn1js'
import Fastify from 'fastify'
import { Certificate, CertificateChainValidationEngine } from 'pkijs'

/** What one would write first: a Fastify route over the path validation of PKI.js. */

const certificatesIn = (pem: string): Certificate[] =>
  [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(([, base64 = '']) => {
    const der = Buffer.from(base64, 'base64')
    return new Certificate({ schema: fromBER(der).result })
  })

/** Those that PKI.js cannot read are left out, as one would after the first start. */
const trustedCerts = (
  readFileSync(process.env['CA_FILES'] ?? '', 'utf8').match(/-----BEGIN[A-Za-z0-9+/=\s-]+?-----END[^\n]+/g) ?? []
).flatMap((pem) => {
  try {
    return certificatesIn(pem)
  } catch {
    return []
  }
})

interface Body {
  readonly chain: string
  readonly intermediates?: string
}

const app = Fastify({ bodyLimit: 64 * 1_048_576 })
app.post<{ Body: Body }>('/validate', async ({ body }) => {
  const [leaf, ...others] = certificatesIn(body.chain)
  const certs = [...others, ...certificatesIn(body.intermediates ?? ''), ...(leaf === undefined ? [] : [leaf])]
  const engine = new CertificateChainValidationEngine({ trustedCerts, certs })
  const { result, resultCode, resultMessage, certificatePath } = await engine.verify()
  return { valid: result, resultCode, resultMessage, path: certificatePath?.length }
})
process.stdout.write(`Listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.once('SIGTERM', () => process.exit(0))
