import type { ValidationRequest } from '#dist/core/model/request.js'
import type { Counterfactual } from '#dist/core/model/verdict.js'

type TextRequest = ValidationRequest<string | readonly string[]>

const appended = (field: string | readonly string[] | undefined, pem: string): string | readonly string[] => {
  if (field === undefined) return pem
  return typeof field === 'string' ? `${field}\n${pem}` : [...field, pem]
}

/** The request with a change that the service has proposed, as a client would make it. */
export const withChange = (request: TextRequest, { set, add }: Counterfactual): TextRequest => {
  const changed = Object.entries({ ...request, ...set }).filter(([, value]) => value !== null)
  const made = Object.fromEntries(changed) as unknown as TextRequest
  return {
    ...made,
    ...(add.caBundle === undefined ? {} : { caBundle: appended(made.caBundle, add.caBundle) }),
    ...(add.intermediates === undefined ? {} : { intermediates: appended(made.intermediates, add.intermediates) })
  }
}
