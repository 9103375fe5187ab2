import { mediaTypes } from '#dist/http/body/media-types.js'
import { ChainRequest } from '#dist/http/schemas/chain.js'
import { exampleRequest } from '#dist/http/schemas/example.js'
import { ValidationQuery, ValidationRequest } from '#dist/http/schemas/request.js'
import type { PlantedKey } from './key-traces.ts'

/** A request in which a key stands where `place` says. */
export interface Planting {
  readonly place: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

const { chain, caBundle } = exampleRequest
const json = { 'content-type': 'application/json' }
const post = (place: string, path: string, body: unknown): Planting => ({
  place: `${path}, ${place}`,
  method: 'POST',
  path,
  headers: json,
  body: JSON.stringify(body)
})

/** What a key looks like in a text: whole, a line of it, and its octets in base64. */
const textsOf = ({ pem, der }: PlantedKey): readonly string[] => [
  pem,
  pem.split('\n')[1] ?? '',
  Buffer.from(der).toString('base64')
]

/** Into every field of every body in JSON, as value, in a list, in a structure, and as a name. */
const inJson = (key: PlantedKey): readonly Planting[] => {
  const routes = [
    ['/validate', Object.keys(ValidationRequest.properties)],
    ['/chain', Object.keys(ChainRequest.properties).filter((name) => !(name in ValidationRequest.properties))],
    ['/inspect', ['chain']]
  ] as const
  return textsOf(key).flatMap((text) => {
    const valuesOf = (field: string): readonly unknown[] => [
      text,
      [text],
      [chain, text],
      `${chain}\n${text}`,
      { [text]: text },
      ...(/ames$/.test(field) ? [[{ type: 'dns', value: text }], [{ type: 'email', value: `${text}@x` }]] : []),
      ...(field === 'nameConstraints' ? [{ permitted: [{ type: 'directory', value: `CN=${text}` }] }] : []),
      ...(field === 'policies' ? [{ initial: [text] }] : []),
      ...(field === 'revocation' ? [{ mode: text }] : [])
    ]
    const plain = routes.flatMap(([path, fields]) => [
      ...fields.flatMap((field) =>
        valuesOf(field).map((value) => post(field, path, { chain, caBundle, [field]: value }))
      ),
      post('a name', path, { chain, [text]: 1 }),
      { ...post('a name twice', path, {}), body: `{${JSON.stringify(text)}:1,${JSON.stringify(text)}:2}` },
      { ...post('in place of JSON', path, {}), body: text },
      { ...post('after JSON', path, {}), body: `{"chain":"x"} ${text}` }
    ])
    return [...plain, ...plain.filter(({ path }) => path === '/validate').map(asLine)]
  })
}

/** The same request as a line of a batch, with its key in the id too. */
const asLine = (planting: Planting): Planting => ({
  ...planting,
  place: `a line as ${planting.place}`,
  path: '/validate/batch',
  headers: { 'content-type': 'application/x-ndjson' },
  body: `${planting.body}\n`
})

const inBatch = (key: PlantedKey): readonly Planting[] =>
  textsOf(key).flatMap((text) =>
    [text, text.slice(0, 256), [text], { [text]: text }].map((id) =>
      asLine(post('id', '/validate', { id, chain, caBundle }))
    )
  )

/** Into bodies of every other content type, and into every part of a form. */
const inBodies = (key: PlantedKey): readonly Planting[] => {
  const bodies = [key.pem, key.der, `${chain}${key.pem}`, `${key.pem}${chain}`, `${chain}\n${key.pem.slice(0, 120)}`]
  const plain = Object.keys(mediaTypes).flatMap((type) =>
    ['/validate', '/inspect', '/chain'].flatMap((path) =>
      bodies.map((body) => ({
        place: `${path}, ${type}`,
        method: 'POST',
        path,
        headers: { 'content-type': type },
        body
      }))
    )
  )
  const parts = textsOf(key).flatMap((text) => [
    `content-disposition: form-data; name="chain"\r\n\r\n${text}`,
    `content-disposition: form-data; name="chain"; filename="${text}"\r\ncontent-type: text/plain\r\n\r\n${chain}`,
    `content-disposition: form-data; name="${text}"\r\n\r\nx`,
    `content-disposition: form-data; name="hostname"\r\n\r\n${text}`,
    `content-disposition: form-data; name="options"\r\n\r\n${JSON.stringify({ hostname: text, [text]: 1 })}`,
    `content-disposition: form-data; name="certificates"; filename="a"\r\ncontent-type: ${text}\r\n\r\n${chain}${text}`,
    `content-disposition: form-data; name="constraints"\r\n\r\n${JSON.stringify({ '*': { [text]: text } })}`,
    text
  ])
  const forms = parts.flatMap((part) =>
    ['POST /validate', 'POST /inspect', 'POST /chain', 'PUT /trust-stores/form?allowEndEntity=true'].map((line) => {
      const [method = '', path = ''] = line.split(' ')
      const headers = { 'content-type': 'multipart/form-data; boundary=b' }
      const first = `--b\r\ncontent-disposition: form-data; name="${method === 'PUT' ? 'certificates' : 'chain'}"\r\n\r\n${chain}\r\n`
      return { place: `${path}, a part of a form`, method, path, headers, body: `${first}--b\r\n${part}\r\n--b--\r\n` }
    })
  )
  return [...plain, ...forms]
}

/** Into uploads of trust stores and rehearsals. */
const inUploads = (key: PlantedKey): readonly Planting[] =>
  textsOf(key).flatMap((text) => {
    const bodies = [
      { certificates: text },
      { certificates: [caBundle, text] },
      { certificates: `${caBundle}\n${text}` },
      { certificates: `${text}\n${caBundle}` },
      { certificates: caBundle, crls: text },
      { certificates: caBundle, constraints: { [text]: {} } },
      { certificates: caBundle, constraints: { '*': { [text]: 1 } } },
      { certificates: caBundle, constraints: { '*': { purposes: [text] } } },
      ...['dns', 'email', 'uri', 'directory'].map((type) => ({
        certificates: caBundle,
        constraints: { '*': { names: { permitted: [{ type, value: text }] }, permitted: [{ type, value: text }] } }
      })),
      { certificates: caBundle, [text]: 1 }
    ]
    return bodies.flatMap((body) => [
      { ...post('JSON', '/trust-stores/upload?partial=true&allowEndEntity=true', body), method: 'PUT' },
      { ...post('JSON', '/trust-stores/upload?allowEndEntity=true', body), method: 'PUT' },
      post('JSON', '/trust-stores/upload/rehearse', { ...body, requests: [{ chain: `${chain}${text}` }] }),
      {
        place: 'an upload in PEM',
        method: 'PUT',
        path: '/trust-stores/pem?partial=true',
        headers: { 'content-type': 'application/x-pem-file' },
        body: `${caBundle}${text}`
      }
    ])
  })

/** Into paths, query strings and methods. */
const inTargets = (key: PlantedKey): readonly Planting[] =>
  textsOf(key).flatMap((text) => {
    const coded = encodeURIComponent(text)
    const plain = text.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 64)
    const get = (path: string): Planting => ({
      place: `the path ${path.slice(0, 24)}`,
      method: 'GET',
      path,
      headers: {}
    })
    const paths = [
      '/',
      '/trust-stores/',
      '/errors/',
      '/docs/',
      '/docs/static/',
      '/health/',
      '/trust-stores/system/versions/'
    ]
    const names = [...Object.keys(ValidationQuery.properties), coded, 'chain']
    return [
      ...paths.flatMap((path) => [get(`${path}${coded}`), get(`${path}${plain}`)]),
      ...['/trust-stores', '/metrics', '/trust-stores/system', '/openapi.json'].map((path) =>
        get(`${path}?${coded}=${coded}`)
      ),
      ...names.flatMap((name) =>
        ['/validate', '/inspect', '/validate/batch', '/chain'].map((path) => ({
          place: `the query of ${path}`,
          method: 'POST',
          path: `${path}?${name}=${coded}`,
          headers: { 'content-type': path === '/validate/batch' ? 'application/x-ndjson' : 'text/plain' },
          body: path === '/validate/batch' ? '{}' : chain
        }))
      ),
      { ...post('a name', `/trust-stores/${plain}`, { certificates: caBundle }), method: 'PUT' }
    ]
  })

/** Into every header field that means something, and into one that does not. */
const inHeaders = (key: PlantedKey): readonly Planting[] =>
  [key.pem.replaceAll('\n', ' '), ...textsOf(key).slice(1)].flatMap((text) => {
    const fields = [
      'x-request-id',
      'authorization',
      'cookie',
      'user-agent',
      'accept',
      'content-type',
      'content-encoding',
      'if-match',
      'if-none-match',
      'x-forwarded-for',
      'forwarded',
      'traceparent',
      'tracestate',
      'client-cert',
      'client-cert-chain',
      'referer',
      'x-anything'
    ]
    const values = [text, text.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 64), `Bearer ${text}`]
    return fields.flatMap((field) =>
      values.flatMap((value) => [
        { ...post(field, '/validate', { chain, caBundle }), headers: { ...json, [field]: value } },
        { place: field, method: 'GET', path: '/trust-stores/system', headers: { [field]: value } },
        { place: field, method: 'DELETE', path: '/trust-stores/none', headers: { [field]: value } }
      ])
    )
  })

/** Into everything, or only into what is meant for certificates. */
export const plantings = (key: PlantedKey, everywhere: boolean): readonly Planting[] =>
  (everywhere ? [inJson, inBatch, inBodies, inUploads, inTargets, inHeaders] : [inBodies, inUploads]).flatMap((plant) =>
    plant(key)
  )
