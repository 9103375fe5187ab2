import type { ChainRequest, Counterfactual, ValidationRequest, Verdict } from '../../openapi/types.d.ts'
import type { Client } from '../client/index.ts'
import type { AskedFor } from './curl.ts'
import { withoutPrivateKeys } from './private-keys.ts'
import { attemptsPart } from './result/attempts-part.ts'
import { chainPart } from './result/chain-part.ts'
import { counterfactualsPart } from './result/counterfactuals-part.ts'
import { curlPart } from './result/curl-part.ts'
import { errorsPart, warningsPart } from './result/findings-part.ts'
import { graphPart } from './result/graph-part.ts'
import { addInspected } from './result/inspected.ts'
import { keyPart } from './result/key-part.ts'
import { answerTo } from './result/problem-part.ts'
import { timelinePart } from './result/timeline-part.ts'
import { verdictPart } from './result/verdict-part.ts'

export interface Asking {
  readonly client: Client
  readonly service: URL
  readonly result: HTMLElement
  readonly announce: (text: string) => void
  readonly apply: (change: Counterfactual) => void
}

/** Shows the verdict on a request, and gives it. What it rests on is read from the description; the service holds us to it. */
export const showVerdict = async (request: AskedFor, asking: Asking, signal: AbortSignal): Promise<Verdict> => {
  const { client, service, result, announce, apply } = asking
  const asked = { explain: 'all', chain: '', ...request }
  const verdict = await answerTo(client.validate(asked as ValidationRequest, { signal }))
  const parts = [
    verdictPart(verdict),
    errorsPart(verdict, client),
    keyPart(verdict),
    counterfactualsPart(verdict, apply),
    graphPart(verdict),
    timelinePart(verdict),
    attemptsPart(verdict),
    warningsPart(verdict, client),
    curlPart(service, asked, announce)
  ]
  result.replaceChildren(...parts.filter((part) => part !== undefined))
  return verdict
}

/** Adds what takes further questions: the chain put right, and what each certificate says. Without them the verdict stands. */
export const addMore = async (request: AskedFor, asking: Asking, signal: AbortSignal): Promise<void> => {
  const { client, result, announce } = asking
  // The one place that compares a key has done so: it is sent no further.
  const { explain: _, ...asked } = Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutPrivateKeys(value) : value
    ])
  )
  const texts = ['chain', 'intermediates', 'caBundle'].map((name) => asked[name])
  const given = texts.filter((text): text is string => typeof text === 'string' && text !== '')
  const [repaired, inspection] = await Promise.allSettled([
    client.repairChain({ chain: '', ...asked } as ChainRequest, { signal }),
    client.inspect(given, { signal })
  ])
  if (signal.aborted) return
  if (repaired.status === 'fulfilled')
    result.querySelector('[aria-labelledby=curl-title]')?.before(chainPart(repaired.value, announce))
  if (inspection.status === 'fulfilled') addInspected(result, inspection.value)
}
