import type { RepairChain } from '../../core/model/chain.ts'
import type { ValidationMemory } from '../../core/model/memory.ts'
import type { Validate, ValidationSettings } from '../../core/model/request.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import type { Gathered } from '../../core/model/wanted.ts'
import { repairChain } from '../../core/repair-chain.ts'
import { validate } from '../../core/validate.ts'
import { convert } from '../../core/write/convert.ts'
import { inspectionAnswer } from '../inspection.ts'
import { accept } from '../trust-stores/accepted.ts'
import type { Job, JobResult, Surroundings } from './job.ts'
import type { Knowledge } from './knowledge.ts'
import { packWant, unpackGathered } from './portable-evidence.ts'

/** Does a job with what the worker was told. */
export const resultOf = (job: Job, knowledge: Knowledge, memory: ValidationMemory | undefined): JobResult => {
  switch (job.kind) {
    case 'validation':
      return verdictOn(validate(requestOf(job, knowledge), ...surroundingsOf(job, knowledge, memory)))
    case 'chain':
      return chainOf(repairChain(requestOf(job, knowledge), ...surroundingsOf(job, knowledge, memory)))
    case 'inspection': {
      const answer = inspectionAnswer(job.material, job.most, job.limits)
      // It is sent on in octets, and written in this process.
      return answer.kind === 'inspected' ? { ...answer, json: Buffer.from(answer.json) } : answer
    }
    case 'conversion':
      return convert(job.material, job.form, job.most, job.limits)
    case 'upload':
      return accept(job.proposal, job.most)
  }
}

/** The request whole: some of its texts the worker was told of before. */
const requestOf = <R>({ request, texts }: { readonly request: R } & Surroundings, knowledge: Knowledge): R => ({
  ...request,
  ...Object.fromEntries(texts.map(([field, id]) => [field, knowledge.text(id)]))
})

const surroundingsOf = (
  { stores, otherStores, settings, gathered }: Surroundings,
  knowledge: Knowledge,
  memory: ValidationMemory | undefined
): readonly [readonly TrustStore[], ValidationSettings, Gathered | undefined] => [
  stores.map((id) => knowledge.store(id)),
  { ...settings, memory, otherStores: otherStores.map((id) => knowledge.store(id)) },
  gathered && unpackGathered(gathered, (id) => knowledge.crl(id), settings.limits)
]

const verdictOn = (outcome: ReturnType<Validate>): JobResult => {
  if (outcome.kind === 'refusal') return outcome
  const { verdict, wanted, holds } = outcome
  return { kind: 'verdict', verdict, wanted: wanted?.map(packWant), holds }
}

const chainOf = (repair: ReturnType<RepairChain>): JobResult => {
  if (repair.kind === 'refusal') return repair
  const { repaired, certificates, wanted } = repair
  return { kind: 'chain', repaired, certificates, wanted: wanted?.map(packWant) }
}
