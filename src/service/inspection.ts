import { inspect } from '../core/inspect/inspect.ts'
import type { InspectedItem } from '../core/model/description.ts'
import type { Limits } from '../core/model/limits.ts'
import type { Material, Refusal } from '../core/model/request.ts'
import { questioner } from '../core/questionable.ts'
import { type Conversion, convert, type Form } from '../core/write/convert.ts'

export type InspectionAnswer = { readonly kind: 'items'; readonly items: readonly InspectedItem[] } | Refusal

/** Says what certificates, CRLs and bundles hold, and gives them in other forms. It needs no trust store and no time. */
export interface InspectionService {
  inspect(material: Material): InspectionAnswer
  convert(material: Material, form: Form): Conversion
}

export const inspectionService = (limits: Limits, maxCertificates: number): InspectionService => ({
  inspect(material) {
    const inspection = inspect(material, maxCertificates, limits, questioner)
    if (inspection.kind === 'items') return inspection
    const detail = `The request holds more than ${maxCertificates} certificates and other objects.`
    const errors = [{ pointer: '/chain', code: 'too-many-certificates', detail }] as const
    return { kind: 'refusal', status: 413, code: 'too-many-certificates', detail, errors }
  },

  convert: (material, form) => convert(material, form, maxCertificates, limits)
})
