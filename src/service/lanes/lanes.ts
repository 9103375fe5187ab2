import type { Repair, RepairChain } from '../../core/model/chain.ts'
import { AllowanceSpent } from '../../core/model/limits.ts'
import type { Material, Outcome, Refusal, Validate } from '../../core/model/request.ts'
import type { Stages } from '../../core/model/stages.ts'
import { type Conversion, convert } from '../../core/write/convert.ts'
import { type InspectionAnswer, inspectionAnswer } from '../inspection.ts'
import { type Piece, Pool, type PoolCounts, type PoolSettings } from '../pool/pool.ts'
import { accept, type Proposal } from '../trust-stores/accepted.ts'
import type { Accepting, Sender } from '../trust-stores/trust-store-service.ts'
import { arrivedAcceptance, arrivedChain, arrivedConversion, arrivedInspection, arrivedVerdict } from './arrived.ts'
import type { Job, JobResult, Note } from './job.ts'
import { Notes } from './notes.ts'
import { overloaded, type ProcessLimit, tooDear, unfinished, unfinishedChain } from './outcomes.ts'
import { packGathered } from './portable-evidence.ts'
import { processLimits } from './process-limits.ts'
import { type KnownText, RepeatedTexts } from './repeated-texts.ts'
import { isSmall, smallAllowance, smallCount, smallMaterialCount, weightOf } from './size.ts'
import { workOf } from './work.ts'

export interface LaneSettings extends PoolSettings {
  /** Characters and octets up to which a request is small; 0 where none is. */
  readonly smallBytes: number
  /** Octets of trust stores and fetched CRLs that each process keeps at hand. */
  readonly noteBytes: number
  /** Bytes that texts which come again may take in each process, with what is read of them; 0 where none is kept. */
  readonly textBytes: number
}

export interface LaneCounts extends PoolCounts {
  /** Judged where they arrived. */
  readonly here: number
}

/** An answer at once, or later from another process. */
type Sooner<T> = T | Promise<T>

/** The core, which may answer later: what is large is judged in another process. */
export interface Lanes {
  validate(...question: Parameters<Validate>): Promise<Outcome>
  repairChain(...question: Parameters<RepairChain>): Promise<Repair | Refusal>
  inspect(...question: Parameters<typeof inspectionAnswer>): Sooner<InspectionAnswer>
  convert(...question: Parameters<typeof convert>): Sooner<Conversion>
  accept(proposal: Proposal, most: number, by: Sender): Sooner<Accepting>
  readonly knownText: KnownText
  counts(): LaneCounts
  /** Of those that judge what is large. */
  processIds(): readonly number[]
  /** Ends the processes. */
  close(): void
}

/** How often the time of a request an upload has whose sender may change trust stores: it may be fifty times as large. */
const deadlinesOfAdministrators = 10

/** What judges what is small. */
export interface LaneCore {
  readonly validation: (...question: Parameters<Validate>) => Stages<Outcome>
  readonly repairChain: RepairChain
}

/**
 * Goes through stages, and between them lets all else that is ready go through its own: what began in the same turn is read together, then
 * judged together, then put into words together, each while the processor still has the program for it at hand.
 */
const together = async <T>(stages: Stages<T>): Promise<T> => {
  for (;;) {
    const stage = stages.next()
    if (stage.done === true) return stage.value
    await undefined
  }
}

/**
 * Two lanes. What is small is judged where it arrived, for the way to another process costs as much as a small chain. All
 * else, and what proves dear after all, is judged in a process that is ended when its time is over.
 */
export const lanesOf = (core: LaneCore, { smallBytes, noteBytes, textBytes, ...settings }: LaneSettings): Lanes => {
  const pool = new Pool<Job, Note, JobResult>(settings)
  const notes = new Notes(noteBytes)
  const repeated = new RepeatedTexts(textBytes)
  const limitOf = processLimits(settings)
  let here = 0

  const run = async <T>(
    piece: Piece<Job, Note>,
    arrived: (result: JobResult) => T,
    cutShort: (limit: ProcessLimit) => T
  ): Promise<T | Refusal> => {
    const outcome = await pool.run(piece)
    if (outcome.kind === 'done') return arrived(outcome.result)
    return outcome.kind === 'overloaded' ? overloaded : cutShort(limitOf(outcome))
  }

  /** A chain that is to be judged elsewhere, by those stores and with what was gathered. */
  const pieceOf = (
    kind: 'validation' | 'chain',
    [request, stores, given, gathered]: Parameters<RepairChain>
  ): Piece<Job, Note> => {
    const { memory: _memory, allowance: _allowance, otherStores = [], ...portable } = given
    return {
      orderFor: (worker) => {
        const { notes: ofTexts, ...shorter } = repeated.orderFor(worker, request)
        return {
          notes: [...notes.for(worker, [...stores, ...otherStores], gathered), ...ofTexts],
          job: {
            kind,
            ...shorter,
            stores: stores.map((store) => notes.idOf(store)),
            otherStores: otherStores.map((store) => notes.idOf(store)),
            settings: portable,
            gathered: gathered && packGathered(gathered, (crl) => notes.idOf(crl))
          }
        }
      },
      name: () => workOf(kind, request)
    }
  }

  /** Undefined where it is not small, or not after all. */
  const asSmall = async <T extends { readonly kind: string }>(
    judge: (...question: Parameters<RepairChain>) => Sooner<T | Refusal>,
    [request, stores, given, gathered]: Parameters<RepairChain>
  ): Promise<T | Refusal | undefined> => {
    if (gathered !== undefined || !isSmall(request, smallBytes)) return undefined
    const maxCertificates = Math.min(smallCount, given.maxCertificates)
    try {
      const outcome = await judge(request, stores, { ...given, maxCertificates, allowance: smallAllowance })
      return counted(outcome, smallCount, given.maxCertificates)
    } catch (thrown) {
      if (thrown instanceof AllowanceSpent) return undefined
      throw thrown
    }
  }

  /** The same for what is looked at by itself. */
  const asSmallMaterial = <T extends { readonly kind: string }>(
    material: Material | Proposal,
    most: number,
    look: (most: number) => T | Refusal
  ): T | Refusal | undefined =>
    weightOf(material) <= smallBytes
      ? counted(look(Math.min(smallMaterialCount, most)), smallMaterialCount, most)
      : undefined

  /** Undefined where it has too many objects for what is small, and not for what is not. */
  const counted = <T extends { readonly kind: string }>(
    outcome: T | Refusal,
    few: number,
    most: number
  ): T | Refusal | undefined => {
    if (most > few && 'code' in outcome && outcome.code === 'too-many-certificates') return undefined
    here++
    return outcome
  }

  return {
    validate: async (...question) =>
      (await asSmall((...small) => together(core.validation(...small)), question)) ??
      run(pieceOf('validation', question), arrivedVerdict, (limit) => {
        const [request, stores, { now }] = question
        return unfinished(request, stores, now, limit)
      }),
    repairChain: async (...question) =>
      (await asSmall(core.repairChain, question)) ??
      run(pieceOf('chain', question), arrivedChain, (limit) => {
        const [request, stores, { now }] = question
        return unfinishedChain(request, stores, now, limit)
      }),
    inspect: (material, most, limits) =>
      asSmallMaterial(material, most, (few) => inspectionAnswer(material, few, limits)) ??
      run(materialPiece({ kind: 'inspection', material, most, limits }), arrivedInspection, (limit) =>
        tooDear('/chain', limit)
      ),
    convert: (material, form, most, limits) =>
      asSmallMaterial(material, most, (few) => convert(material, form, few, limits)) ??
      run(materialPiece({ kind: 'conversion', material, form, most, limits }), arrivedConversion, (limit) =>
        tooDear('/chain', limit)
      ),
    accept: (proposal, most, by) =>
      asSmallMaterial(proposal, most, (few) => accept(proposal, few)) ??
      run<Accepting>(
        {
          orderFor: () => ({ notes: [], job: { kind: 'upload', proposal, most } }),
          name: () => workOf('upload', proposal),
          deadlines: by === 'administrator' ? deadlinesOfAdministrators : 1
        },
        arrivedAcceptance,
        (limit) => tooDear('/certificates', limit)
      ),
    knownText: repeated.known,
    counts: () => ({ ...pool.counts, here }),
    processIds: () => pool.processIds,
    close: () => pool.close()
  }
}

const materialPiece = (job: Job & { readonly material: Material }): Piece<Job, Note> => ({
  orderFor: () => ({ notes: [], job }),
  name: () => workOf(job.kind, { chain: job.material })
})
