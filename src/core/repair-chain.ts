import { chainCertificate, changesOf } from './chain/changes.ts'
import { endEntityOf } from './chain/end-entity.ts'
import { privateKeyOwner } from './match/key/private-key.ts'
import type { ChainPrivateKey, RepairChain, RepairedChain } from './model/chain.ts'
import type { Limits } from './model/limits.ts'
import type { Candidate } from './model/path.ts'
import type { ValidationSettings } from './model/request.ts'
import { bySubjectOfBoth } from './path/by-subject.ts'
import type { Found } from './path/find.ts'
import { examine, type Question, readQuestion } from './question.ts'
import { report } from './report.ts'
import { wantedFor } from './validate.ts'
import { certificatesPem } from './write/pem.ts'

/**
 * Puts `request.chain` right: the certificates of the best path from its end entity, in their order and each once, with what was
 * missing of them and without what does not belong there. What comes of it is validated again by itself: what was sent beside the
 * chain proves nothing then, unless it has signed evidence.
 *
 * Pure, as `validate` is. It costs two validations, each with all limits.
 */
export const repairChain: RepairChain = (request, stores, settings, gathered) => {
  const question = readQuestion(request, stores, settings, gathered)
  if ('kind' in question) return question
  const { chain, others } = question
  const sent = chain.certificates
  const { owner, privateKey } = keyOf(question, settings.limits)
  const at = owner ?? endEntityOf(sent.map(({ certificate }) => certificate))
  const target = sent[at]
  if (target === undefined) throw new Error('a chain without certificates was not refused')
  const rest = sent.filter((_, index) => index !== at)
  const candidates = [...rest, ...others]
  const { found } = examine(question, { target, candidates, named: bySubjectOfBoth(rest, others) }, settings)
  const { kept, root } = arranged(found, sent, request.includeRoot === true)
  const certificates = kept.map(({ certificate }) => certificate.der)
  return {
    kind: 'chain',
    repaired: {
      chain: certificatesPem(certificates),
      ...judgedAgain(question, kept, candidates, settings),
      certificates: kept.map(chainCertificate),
      changes: changesOf({ sent, unreadable: chain.unreadable, kept, root }),
      ...(privateKey === undefined ? {} : { privateKey: privateKey(at) })
    },
    certificates,
    ...wantedFor(found, request, settings)
  }
}

/** Whose private key came in the chain, and what is told of it once the end entity is known. */
const keyOf = ({ chain }: Question, limits: Limits): KeyPlace => {
  if (chain.privateKey === undefined) return { owner: undefined, privateKey: undefined }
  const { block, place, precedesCertificate } = chain.privateKey
  const { encrypted } = block
  const keys = chain.certificates.map(({ certificate }) => certificate.publicKey)
  const owner = privateKeyOwner(block, keys, limits)
  return {
    owner: owner ?? undefined,
    privateKey: (at) => ({
      matches: owner === null ? null : owner === at,
      precedesCertificate,
      encrypted,
      element: place.element ?? null,
      line: place.line ?? null
    })
  }
}

interface KeyPlace {
  /** The index of a certificate of the chain. */
  readonly owner: number | undefined
  readonly privateKey: ((endEntity: number) => ChainPrivateKey) | undefined
}

/** The certificates to give back, from where they were sent where they were, and the root where it is not among them. */
const arranged = (
  { best }: Found,
  sent: readonly Candidate[],
  includeRoot: boolean
): { readonly kept: readonly Candidate[]; readonly root: Candidate | undefined } => {
  const { entries } = best.path
  // What did not sign a certificate is not its issuer, whatever its name.
  const broken = best.errors.flatMap(({ code, certificate }) =>
    code === 'signature-invalid' ? [certificate ?? 0] : []
  )
  const sound = entries.slice(0, Math.min(entries.length, ...broken.map((at) => at + 1)))
  const own = sound.map((entry) => sent.find(({ certificate }) => same(certificate, entry.certificate)) ?? entry)
  const last = own.at(-1)
  if (includeRoot || own.length < 2 || last?.certificate.selfIssued !== true) return { kept: own, root: undefined }
  return { kept: own.slice(0, -1), root: last }
}

const same = (one: Candidate['certificate'], other: Candidate['certificate']): boolean =>
  one.fingerprint === other.fingerprint

/** Only what is given back may stand in the path now; `signers` may still have signed evidence. */
const judgedAgain = (
  question: Question,
  kept: readonly Candidate[],
  signers: readonly Candidate[],
  settings: ValidationSettings
): Pick<RepairedChain, 'complete' | 'verdict'> => {
  const [target, ...candidates] = kept.map(({ certificate }, at) => ({ certificate, source: `chain[${at}]` }))
  if (target === undefined) throw new Error('a path has no certificate')
  const { found, context } = examine(question, { target, candidates, signers }, settings)
  const { trust, warnings } = question
  const { path, errors } = found.best
  return {
    complete: path.anchored && errors.every(({ code }) => code !== 'signature-invalid'),
    verdict: report(found, context, { stores: trust, warnings, privateKey: undefined })
  }
}
