import { ChainOptions, ChainQuery, ChainRequest } from '../schemas/chain.ts'
import { validator } from '../validator.ts'
import { requestReader } from './validation-request.ts'

/** The body of `POST /chain`: that of `POST /validate` in every content type, and the options of its own. */
export const chainRequest = requestReader({
  request: validator(ChainRequest),
  options: validator(ChainOptions),
  query: validator(ChainQuery),
  texts: ChainOptions
})
