import { inspect } from '../core/inspect/inspect.ts'
import type { InspectedItem } from '../core/model/description.ts'
import type { Limits } from '../core/model/limits.ts'
import type { Material, Refusal } from '../core/model/request.ts'
import { questioner } from '../core/questionable.ts'
import { type Conversion, convert, type Form } from '../core/write/convert.ts'
import { plainJsonOf } from './plain-json.ts'

/** The answer as JSON, in text or in UTF-8: whoever looked into what was sent has written it as well. */
export type InspectionAnswer = { readonly kind: 'inspected'; readonly json: string | Uint8Array } | Refusal

/** Says what certificates, CRLs and bundles hold, and gives them in other forms. It needs no trust store and no time. */
export interface InspectionService {
  /** Answers at once what is small. */
  inspect(material: Material): InspectionAnswer | Promise<InspectionAnswer>
  convert(material: Material, form: Form): Conversion | Promise<Conversion>
}

/** All of it, of at most `most` objects. */
export const inspectAll = (
  material: Material,
  most: number,
  limits: Limits
): { readonly kind: 'items'; readonly items: readonly InspectedItem[] } | Refusal => {
  const inspection = inspect(material, most, limits, questioner)
  if (inspection.kind === 'items') return inspection
  const detail = `The request holds more than ${most} certificates and other objects.`
  const errors = [{ pointer: '/chain', code: 'too-many-certificates', detail }] as const
  return { kind: 'refusal', status: 413, code: 'too-many-certificates', detail, errors }
}

/** The answer of `POST /inspect`. */
export const inspectionAnswer = (...question: Parameters<typeof inspectAll>): InspectionAnswer => {
  const answer = inspectAll(...question)
  return answer.kind === 'items' ? { kind: 'inspected', json: plainJsonOf({ items: answer.items }) } : answer
}

/** With `inspectionAnswer` and `convert`, or what answers in their place. */
export const inspectionService = (
  limits: Limits,
  maxCertificates: number,
  by: {
    readonly inspect: (...question: Parameters<typeof inspectAll>) => InspectionAnswer | Promise<InspectionAnswer>
    readonly convert: (...question: Parameters<typeof convert>) => Conversion | Promise<Conversion>
  } = { inspect: inspectionAnswer, convert }
): InspectionService => ({
  inspect: (material) => by.inspect(material, maxCertificates, limits),
  convert: (material, form) => by.convert(material, form, maxCertificates, limits)
})
