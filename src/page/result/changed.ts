import type { Counterfactual } from '../../../openapi/types.d.ts'
import type { AskedFor } from '../curl.ts'

/** The request with the change made: `set` is merged as by RFC 7396, and `add` stands at the end of what there is. */
export const changed = (request: AskedFor, { set, add }: Counterfactual): AskedFor => {
  const merged = Object.entries({ ...request, ...set }).filter(([, value]) => value !== null)
  const added = Object.entries(add).map(([name, pem]) => {
    const there = request[name]
    return [name, typeof there === 'string' && there.trim() !== '' ? `${there.trimEnd()}\n${pem}` : pem]
  })
  return Object.fromEntries([...merged, ...added])
}
