import type { Material } from '../../core/model/request.ts'
import { materialOf } from '../../service/material.ts'
import { Problem, pointerToken, quoted } from '../problem.ts'
import { InspectionRequest } from '../schemas/inspection.ts'
import { validator } from '../validator.ts'
import { parseForm } from './form.ts'
import { parseJson } from './json.ts'
import { mediaTypes } from './media-types.ts'
import type { RawRequest } from './raw-request.ts'
import type { BodyLimits } from './validation-request.ts'

const validRequest = validator(InspectionRequest)

/** What is to be inspected, whatever content type it came in, or a problem is thrown. There are no options. */
export const inspectionRequest = async (raw: RawRequest, limits: BodyLimits): Promise<Material> => {
  const [option] = raw.query.keys()
  if (option !== undefined) throw unknown(option, 'There are no options here:')
  const kind = mediaTypes[raw.mediaType]
  if (kind === 'chain') return raw.body
  if (kind === 'json') return validRequest(parseJson(raw.body, limits)).chain
  const parts = parseForm(raw.body, raw.contentType, limits.maxParts)
  const other = parts.find(({ name }) => name !== 'chain')
  if (other !== undefined) throw unknown(other.name, 'A form has parts named chain alone:')
  const chain = materialOf(parts.map(({ value }) => value))
  if (chain !== undefined) return chain
  const detail = 'The form has no part named chain.'
  throw new Problem('field-invalid', detail, { errors: [{ pointer: '/chain', code: 'field-invalid', detail }] })
}

const unknown = (name: string, why: string): Problem => {
  const detail = `${why} ${quoted(name)} is not known.`
  return new Problem('field-unknown', detail, {
    errors: [{ pointer: `/${pointerToken(name)}`, code: 'field-unknown', detail }]
  })
}
