import type { TObject } from 'typebox'
import type { ValidationRequest as CoreRequest } from '../../core/model/request.ts'
import type { KnownText } from '../../service/lanes/repeated-texts.ts'
import { asText, materialOf } from '../../service/material.ts'
import { optionsFrom, together } from '../option-texts.ts'
import { Problem, pointerToken, quoted } from '../problem.ts'
import { ValidationOptions, ValidationQuery, ValidationRequest } from '../schemas/request.ts'
import { type Validator, validator } from '../validator.ts'
import { type FormPart, parseForm } from './form.ts'
import { type JsonLimits, parseJson, textOf } from './json.ts'
import { parseRequest } from './known-text.ts'
import { mediaTypes } from './media-types.ts'
import type { RawRequest } from './raw-request.ts'

export interface BodyLimits extends JsonLimits {
  /** Parts of a form. */
  readonly maxParts: number
}

/** What a route takes beside the material: `Options` of the core, whole, and those of them that a query string may have. */
export interface RequestSchemas<Options extends object> {
  readonly request: Validator<Options & JsonMaterial>
  readonly options: Validator<Options>
  readonly query: Validator<Partial<Options>>
  /** Of the options: what texts are made values by. */
  readonly texts: TObject
}

interface JsonMaterial {
  readonly chain: string | readonly string[]
  readonly intermediates?: string | readonly string[]
  readonly caBundle?: string | readonly string[]
  readonly crls?: string | readonly string[]
}

type Materials = Pick<CoreRequest, 'chain' | 'intermediates' | 'caBundle' | 'crls'>

/** Makes one and the same request of what came in any content type, or throws a problem. */
export const requestReader =
  <Options extends object>(schemas: RequestSchemas<Options>) =>
  async (raw: RawRequest, limits: BodyLimits, knownText: KnownText): Promise<Partial<Options> & Materials> => {
    const query = schemas.query(optionsFrom(raw.query, undefined, schemas.texts))
    const kind = mediaTypes[raw.mediaType]
    if (kind === 'chain') return { ...query, chain: raw.body }
    if (kind === 'json') return ofJson(parseRequest(raw.body, limits, knownText), query, schemas)
    return ofForm(parseForm(raw.body, raw.contentType, limits.maxParts), { query, schemas, limits })
  }

const ofJson = <Options extends object>(
  value: unknown,
  query: object,
  { request }: RequestSchemas<Options>
): Options & Materials => {
  const valid = request(value)
  return Object.keys(query).length === 0 ? valid : request(together([valid, query]))
}

const validRequest = validator(ValidationRequest)

/** The body of `POST /validate`. */
export const validationRequest = requestReader({
  request: validRequest,
  options: validator(ValidationOptions),
  query: validator(ValidationQuery),
  texts: ValidationOptions
})

/** The request that a JSON value is. */
export const jsonRequest = (value: unknown): CoreRequest => validRequest(value)

/** One of several requests, which stands at `pointer` in what was sent. */
export const requestAt = (value: unknown, pointer: string): CoreRequest => {
  try {
    return jsonRequest(value)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, detail, errors } = error.document
    const placed = errors.map((place) => ({ ...place, pointer: `${pointer}${place.pointer}` }))
    throw new Problem(code, detail, { errors: placed.length > 0 ? placed : [{ pointer, code, detail }] })
  }
}

const materials = new Set(['chain', 'intermediates', 'caBundle', 'crls'])

interface FormContext<Options extends object> {
  readonly query: object
  readonly schemas: RequestSchemas<Options>
  readonly limits: JsonLimits
}

const ofForm = <Options extends object>(
  parts: readonly FormPart[],
  { query, schemas, limits }: FormContext<Options>
): Options & Materials => {
  const files = new Map<string, (string | Uint8Array)[]>()
  const texts = new Map<string, string[]>()
  const options: object[] = [query]
  for (const { name, value } of parts) {
    if (materials.has(name)) files.set(name, [...(files.get(name) ?? []), value])
    else if (name === 'options') options.push(optionsPart(value, limits, schemas))
    else texts.set(name, [...(texts.get(name) ?? []), fieldText(name, value)])
  }
  options.push(optionsFrom(texts, (text) => parseJson(Buffer.from(text), limits), schemas.texts))
  const chain = materialOf(files.get('chain'))
  if (chain === undefined) {
    const detail = 'The form has no part named chain.'
    throw new Problem('field-invalid', detail, { errors: [{ pointer: '/chain', code: 'field-invalid', detail }] })
  }
  const intermediates = materialOf(files.get('intermediates'))
  const caBundle = materialOf(files.get('caBundle'))
  const crls = materialOf(files.get('crls'))
  return {
    ...schemas.options(together(options)),
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

const optionsPart = <Options extends object>(
  value: string | Uint8Array,
  limits: JsonLimits,
  schemas: RequestSchemas<Options>
): object => {
  const options = parseJson(typeof value === 'string' ? Buffer.from(value) : value, limits)
  const material =
    typeof options === 'object' && options !== null && Object.keys(options).find((key) => materials.has(key))
  if (typeof material === 'string') {
    const detail = `In a form ${quoted(material)} is a part of its own, not one of the options.`
    const pointer = `/${pointerToken(material)}`
    throw new Problem('field-unknown', detail, { errors: [{ pointer, code: 'field-unknown', detail }] })
  }
  return schemas.options(options)
}
