import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** What the page is made of, by the names that the package has for it. */
const pageFiles = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['index.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['favicon-16x16.png', 'image/png'],
  ['favicon-32x32.png', 'image/png']
])

/** Everything comes from the service itself; Swagger UI has pictures in its style sheet. */
const policy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'"
].join('; ')

/** `folder` is the path to what belongs to the page, from where it is shown. */
const page = (folder: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>vidimus</title>
<link rel="stylesheet" href="${folder}/swagger-ui.css">
<link rel="stylesheet" href="${folder}/index.css">
<link rel="icon" type="image/png" href="${folder}/favicon-32x32.png" sizes="32x32">
<link rel="icon" type="image/png" href="${folder}/favicon-16x16.png" sizes="16x16">
</head>
<body>
<div id="swagger-ui"></div>
<script src="${folder}/swagger-ui-bundle.js"></script>
<script src="${folder}/start.js"></script>
</body>
</html>
`

const startScript = `SwaggerUIBundle({
  url: new URL('../../openapi.json', document.currentScript.src).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  validatorUrl: null
})
`

/**
 * The description for people, as Swagger UI shows it. Its plugin for Fastify would take as long to load as all the rest of the
 * service, so only its files are used: read when they are first asked for, once.
 */
export const docsRoutes = (app: FastifyInstance): void => {
  const options = { schema: { hide: true } }
  const send = (reply: FastifyReply, type: string, content: string | Buffer): FastifyReply =>
    reply
      .headers({ 'content-security-policy': policy, 'cache-control': 'public, max-age=3600' })
      .type(type)
      .send(content)
  app.get('/docs', options, async (_request, reply) => send(reply, 'text/html; charset=utf-8', page('docs/static')))
  app.get('/docs/', options, async (_request, reply) => send(reply, 'text/html; charset=utf-8', page('static')))
  app.get('/docs/static/start.js', options, async (_request, reply) =>
    send(reply, 'text/javascript; charset=utf-8', startScript)
  )
  for (const [name, type] of pageFiles) {
    let content: Promise<Buffer> | undefined
    app.get(`/docs/static/${name}`, options, async (_request, reply) => {
      content ??= readFile(new URL(`static/${name}`, import.meta.resolve('@fastify/swagger-ui')))
      return send(reply, type, await content)
    })
  }
}
