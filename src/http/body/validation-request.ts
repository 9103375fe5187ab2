import type { ValidationRequest as CoreRequest } from '../../core/model/request.ts'
import { type OptionTexts, optionsFrom, together } from '../option-texts.ts'
import { Problem, pointerToken, quoted } from '../problem.ts'
import { ValidationOptions, ValidationQuery, ValidationRequest } from '../schemas/request.ts'
import { validator } from '../validator.ts'
import { type FormPart, parseForm } from './form.ts'
import { type JsonLimits, parseJson, textOf } from './json.ts'
import { asText, materialOf } from './material.ts'
import { type MediaType, mediaTypes } from './media-types.ts'

export interface BodyLimits extends JsonLimits {
  /** Parts of a form. */
  readonly maxParts: number
}

export interface RawRequest {
  readonly mediaType: MediaType
  /** The header field, with its parameters. */
  readonly contentType: string
  readonly body: Uint8Array
  readonly query: OptionTexts
}

const validRequest = validator(ValidationRequest)
const validOptions = validator(ValidationOptions)
const validQuery = validator(ValidationQuery)

/** Makes one and the same request of what came in any content type, or throws a problem. */
export const validationRequest = async (raw: RawRequest, limits: BodyLimits): Promise<CoreRequest> => {
  const query = validQuery(optionsFrom(raw.query, undefined))
  const kind = mediaTypes[raw.mediaType]
  if (kind === 'chain') return { ...query, chain: raw.body }
  if (kind === 'json') return ofJson(parseJson(raw.body, limits), query)
  return ofForm(await parseForm(raw.body, raw.contentType, limits.maxParts), query, limits)
}

const ofJson = (value: unknown, query: object): CoreRequest => {
  const request = validRequest(value)
  return Object.keys(query).length === 0 ? request : validRequest(together([{ ...request }, { ...query }]))
}

const materials = new Set(['chain', 'intermediates', 'caBundle', 'crls'])

const ofForm = (parts: readonly FormPart[], query: object, limits: JsonLimits): CoreRequest => {
  const files = new Map<string, (string | Uint8Array)[]>()
  const texts = new Map<string, string[]>()
  const options: Record<string, unknown>[] = [{ ...query }]
  for (const { name, value } of parts) {
    if (materials.has(name)) files.set(name, [...(files.get(name) ?? []), value])
    else if (name === 'options') options.push(optionsPart(value, limits))
    else texts.set(name, [...(texts.get(name) ?? []), fieldText(name, value)])
  }
  options.push(optionsFrom(texts, (text) => parseJson(Buffer.from(text), limits)))
  const chain = materialOf(files.get('chain'))
  if (chain === undefined) {
    const detail = 'The form has no part named chain.'
    throw new Problem('field-invalid', detail, { errors: [{ pointer: '/chain', code: 'field-invalid', detail }] })
  }
  const intermediates = materialOf(files.get('intermediates'))
  const caBundle = materialOf(files.get('caBundle'))
  const crls = materialOf(files.get('crls'))
  return {
    ...validOptions(together(options)),
    chain,
    ...(intermediates === undefined ? {} : { intermediates }),
    ...(caBundle === undefined ? {} : { caBundle }),
    ...(crls === undefined ? {} : { crls })
  }
}

/** An option may be a file as well. An OCSP response is DER then, as responders give it, or the base64 of JSON. */
const fieldText = (name: string, value: string | Uint8Array): string => {
  if (typeof value === 'string') return value
  return name === 'ocspResponses' ? asText(value) : textOf(value, quoted(name))
}

const optionsPart = (value: string | Uint8Array, limits: JsonLimits): Record<string, unknown> => {
  const options = parseJson(typeof value === 'string' ? Buffer.from(value) : value, limits)
  const material =
    typeof options === 'object' && options !== null && Object.keys(options).find((key) => materials.has(key))
  if (typeof material === 'string') {
    const detail = `In a form ${quoted(material)} is a part of its own, not one of the options.`
    const pointer = `/${pointerToken(material)}`
    throw new Problem('field-unknown', detail, { errors: [{ pointer, code: 'field-unknown', detail }] })
  }
  return { ...validOptions(options) }
}
