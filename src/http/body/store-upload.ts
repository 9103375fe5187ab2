import type { Material } from '../../core/model/request.ts'
import { materialOf } from '../../service/material.ts'
import { Problem, pointerToken, quoted } from '../problem.ts'
import { StoreUpload } from '../schemas/store-requests.ts'
import { validator } from '../validator.ts'
import { type FormPart, parseForm } from './form.ts'
import { parseJson } from './json.ts'
import { mediaTypes } from './media-types.ts'
import type { RawRequest } from './raw-request.ts'
import type { BodyLimits } from './validation-request.ts'

/** What is sent for a trust store. */
export interface StoreUploadBody {
  readonly certificates: Material
  readonly crls?: Material | undefined
  readonly constraints?: unknown
}

const validUpload = validator(StoreUpload)

/** Reads an upload in any content type, or throws a problem. */
export const storeUpload = async (raw: Omit<RawRequest, 'query'>, limits: BodyLimits): Promise<StoreUploadBody> => {
  const kind = mediaTypes[raw.mediaType]
  if (kind === 'chain') return { certificates: raw.body }
  if (kind === 'json') return validUpload(parseJson(raw.body, limits))
  return ofForm(parseForm(raw.body, raw.contentType, limits.maxParts), limits)
}

const names = ['certificates', 'crls', 'constraints']

const ofForm = (parts: readonly FormPart[], limits: BodyLimits): StoreUploadBody => {
  const files = new Map<string, (string | Uint8Array)[]>()
  for (const { name, value } of parts) {
    if (!names.includes(name)) {
      throw fault(name, 'field-unknown', `The form has a part ${quoted(name)}, which is none of ${names.join(', ')}.`)
    }
    files.set(name, [...(files.get(name) ?? []), value])
  }
  const certificates = materialOf(files.get('certificates'))
  if (certificates === undefined) {
    throw fault('certificates', 'field-invalid', 'The form has no part named certificates.')
  }
  const constraints = (files.get('constraints') ?? []).map((value) =>
    parseJson(typeof value === 'string' ? Buffer.from(value) : value, limits)
  )
  if (constraints.length > 1) throw fault('constraints', 'option-conflict', 'The part is given more than once.')
  return { certificates, crls: materialOf(files.get('crls')), constraints: constraints[0] }
}

const fault = (name: string, code: 'field-unknown' | 'field-invalid' | 'option-conflict', detail: string): Problem =>
  new Problem(code, detail, { errors: [{ pointer: `/${pointerToken(name)}`, code, detail }] })
