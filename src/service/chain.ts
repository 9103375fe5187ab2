import type { ChainCertificate, ChainRequest, Repair, RepairChain, RepairedChain } from '../core/model/chain.ts'
import type { Refusal } from '../core/model/request.ts'
import type { FetchReport } from '../core/model/verdict.ts'
import type { Gathered } from '../core/model/wanted.ts'
import { certificatesPem } from '../core/write/pem.ts'
import { certsOnlyMessage } from '../core/write/pkcs7.ts'
import { type ClientVerdict, forClient } from './audience.ts'
import { completed } from './completion.ts'
import { settingsOf, storesOf, type ValidationParts } from './validation.ts'

/** A chain that was put right, and its forms. */
export interface ChainAnswer {
  readonly kind: 'chain'
  readonly body: ChainBody
  pem(): string
  /** A certs-only CMS message. */
  pkcs7(): Uint8Array
}

export type ChainBody = Omit<RepairedChain, 'verdict'> & { readonly verdict: RepairedChain['verdict'] | ClientVerdict }

/** Puts chains right, held to the same trust stores and limits as validations are. */
export interface ChainService {
  repair(request: ChainRequest): ChainAnswer | Refusal | Promise<ChainAnswer | Refusal>
}

export interface ChainParts extends Omit<ValidationParts, 'validate'> {
  /** The core, which may answer later, as it does for validations. */
  readonly repairChain: (...question: Parameters<RepairChain>) => Repair | Refusal | Promise<Repair | Refusal>
}

export const chainService = (parts: ChainParts): ChainService => ({
  repair(request) {
    const stores = storesOf(request, parts)
    if ('kind' in stores) return stores
    const { gathering } = parts
    const judge = (gathered?: Gathered): ReturnType<ChainParts['repairChain']> =>
      parts.repairChain(request, stores, settingsOf(parts), gathered)
    const complete = (repair: Repair | Refusal): ReturnType<ChainService['repair']> => {
      if (repair.kind === 'refusal') return repair
      if (gathering === undefined || (repair.wanted ?? []).length === 0) return answerOf(repair, request, [])
      return completed(repair, gathering, judge).then((done) =>
        done.kind === 'refusal' ? done : answerOf(done.judgement, request, done.reports)
      )
    }
    const repair = judge()
    return repair instanceof Promise ? repair.then(complete) : complete(repair)
  }
})

const answerOf = (
  { repaired, certificates }: Repair,
  { audience }: ChainRequest,
  reports: readonly FetchReport[]
): ChainAnswer => {
  const { verdict } = repaired
  const told = reports.length === 0 ? repaired : { ...repaired, verdict: { ...verdict, fetches: reports } }
  return {
    kind: 'chain',
    body: audience === 'client' ? chainForClient(told) : told,
    pem: () => certificatesPem(certificates),
    pkcs7: () => certsOnlyMessage({ certificates })
  }
}

/** A chain is for those who are outside. Where the service had its certificates from is not. */
const chainForClient = (repaired: RepairedChain): ChainBody => ({
  ...repaired,
  certificates: repaired.certificates.map(withoutSource),
  changes: repaired.changes.map((change) =>
    change.action === 'added' && change.certificate !== null
      ? {
          ...change,
          certificate: withoutSource(change.certificate),
          message: `${change.certificate.subject} was missing and stands at ${change.to} now.`
        }
      : change
  ),
  verdict: forClient(repaired.verdict)
})

const withoutSource = (certificate: ChainCertificate): ChainCertificate =>
  certificate.source?.startsWith('chain[') === true ? certificate : { ...certificate, source: null }
