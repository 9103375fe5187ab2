import { Problem } from '../problem.ts'

/** How a body is to be read, by its content type. */
export const mediaTypes = {
  'application/json': 'json',
  'multipart/form-data': 'form',
  'application/x-pem-file': 'chain',
  'application/pem-certificate-chain': 'chain',
  'text/plain': 'chain',
  'application/pkix-cert': 'chain',
  'application/pkcs7-mime': 'chain',
  'application/x-pkcs7-certificates': 'chain'
} as const

export type MediaType = keyof typeof mediaTypes

const isMediaType = (text: string): text is MediaType => Object.hasOwn(mediaTypes, text)

const hints: Readonly<Record<string, string>> = {
  '': 'The request has no content type.',
  'application/x-www-form-urlencoded':
    'The body has the content type application/x-www-form-urlencoded, which curl sends by default.'
}

/** Throws a problem for coded contents: nothing is unpacked. */
export const refuseCodings = (headers: { readonly 'content-encoding'?: string | undefined }): void => {
  const coding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (coding !== 'identity') {
    throw new Problem(
      'content-type-unsupported',
      'Compressed bodies are not taken: send it without Content-Encoding.',
      {
        headers: { 'accept-encoding': 'identity' }
      }
    )
  }
}

/** The media type of a body, parameters left out. Throws a problem for types that are not taken and coded contents. */
export const mediaTypeOf = (headers: {
  readonly 'content-type'?: string | undefined
  readonly 'content-encoding'?: string | undefined
}): MediaType => {
  refuseCodings(headers)
  const field = headers['content-type'] ?? ''
  if (isMediaType(field)) return field
  const [essence = ''] = field.split(';', 1)
  const type = essence.trim().toLowerCase()
  if (isMediaType(type)) return type
  const found = hints[type] ?? 'The body has a content type that is not taken here.'
  throw new Problem(
    'content-type-unsupported',
    `${found} Send one of ${Object.keys(mediaTypes).join(', ')}, for a PEM file for instance: curl -H 'content-type: application/x-pem-file' --data-binary @chain.pem`
  )
}
