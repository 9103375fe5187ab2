import type { Repair } from '../../core/model/chain.ts'
import type { Outcome, Refusal } from '../../core/model/request.ts'
import type { Want } from '../../core/model/wanted.ts'
import type { Conversion } from '../../core/write/convert.ts'
import type { InspectionAnswer } from '../inspection.ts'
import type { Acceptance } from '../trust-stores/accepted.ts'
import type { JobResult } from './job.ts'
import { type PortableWant, unpackWant } from './portable-evidence.ts'

/** What came of jobs of each kind, as the core itself gives it. */

export const arrivedVerdict = (result: JobResult): Outcome => {
  if (result.kind === 'refusal') return result
  if (result.kind !== 'verdict') throw unasked(result)
  const { verdict, wanted, holds } = result
  return { kind: 'verdict', verdict, ...unpacked(wanted), ...(holds && { holds }) }
}

export const arrivedChain = (result: JobResult): Repair | Refusal => {
  if (result.kind === 'refusal') return result
  if (result.kind !== 'chain') throw unasked(result)
  const { repaired, certificates, wanted } = result
  return { kind: 'chain', repaired, certificates, ...unpacked(wanted) }
}

export const arrivedInspection = (result: JobResult): InspectionAnswer => {
  if (result.kind !== 'inspected' && result.kind !== 'refusal') throw unasked(result)
  return result
}

export const arrivedConversion = (result: JobResult): Conversion => {
  if (result.kind !== 'octets' && result.kind !== 'refusal') throw unasked(result)
  return result
}

export const arrivedAcceptance = (result: JobResult): Acceptance => {
  if (result.kind !== 'accepted' && result.kind !== 'refused') throw unasked(result)
  return result
}

const unpacked = (wanted: readonly PortableWant[] | undefined): { readonly wanted?: readonly Want[] } =>
  wanted === undefined ? {} : { wanted: wanted.map(unpackWant) }

const unasked = ({ kind }: JobResult): Error => new Error(`a worker answered a job of another kind: ${kind}`)
