import { constrain } from '../core/constraints/apply.ts'
import type { ConstraintsFault } from '../core/constraints/document.ts'
import { parseConstraints } from '../core/constraints/read.ts'
import { anchorSteps } from '../core/decode/input/read-anchors.ts'
import { trustStore } from '../core/decode/input/trust-store.ts'
import type { CrlCandidate } from '../core/model/crl.ts'
import type { TrustAnchor, TrustStore } from '../core/model/trust-store.ts'
import { contentVersion, type StoreFileContents } from './contents.ts'
import { gradually } from './gradually.ts'
import { constrainedByMozilla } from './mozilla.ts'

/** Something that was not taken into a store. */
export interface Refused {
  readonly path: string
  /** 1-based, of a block in PEM text. */
  readonly line: number | undefined
  readonly reason: string
}

/** The same for people. */
export interface Told {
  /** The file, and the line where there is one. */
  readonly place: string
  readonly reason: string
}

export const told = ({ path, line, reason }: Refused): Told => ({
  place: line === undefined ? path : `${path}, line ${line}`,
  reason
})

export interface MadeStore {
  readonly store: TrustStore
  readonly refused: readonly Refused[]
}

/**
 * Makes a store of what was read, without what cannot be used. Constraints that cannot be used make it fail as a whole:
 * without them its anchors would be trusted for more than was written. They are on all anchors of the store, whichever file
 * these come from.
 */
export const makeStore = async (
  name: string,
  version: string,
  files: readonly StoreFileContents[]
): Promise<MadeStore | { readonly fault: Refused }> => {
  const found = await gradually(readFiles(name, files))
  let { anchors } = found
  for (const file of files) {
    if (file.use !== 'constraints') continue
    const { path } = file
    if ('fault' in file) return { fault: { path, line: undefined, reason: file.fault } }
    const read = parseConstraints(Buffer.from(file.octets).toString())
    const constrained = read.ok ? constrain(anchors, read.constraints) : { anchors, faults: read.faults }
    const reason = reasonOf(constrained.faults)
    if (reason !== undefined) return { fault: { path, line: undefined, reason } }
    anchors = constrained.anchors
  }
  return { store: trustStore({ name, version, anchors, crls: found.crls }), refused: found.refused }
}

/** A list of PEM texts that the platform has, `system` or `mozilla`, in small steps. What of it cannot be used is left out. */
export function* listSteps(
  name: 'system' | 'mozilla',
  texts: readonly string[],
  version?: string
): Generator<undefined, MadeStore> {
  const files = texts.map((text, index) => ({
    path: `${name}[${index}]`,
    octets: Buffer.from(text),
    use: 'anything' as const
  }))
  const { anchors, crls, refused } = yield* readFiles(name, files)
  const constrained = name === 'mozilla' ? constrainedByMozilla(anchors) : anchors
  return { store: trustStore({ name, version: version ?? contentVersion(files), anchors: constrained, crls }), refused }
}

interface FilesRead {
  readonly anchors: readonly TrustAnchor[]
  readonly crls: readonly CrlCandidate[]
  readonly refused: readonly Refused[]
}

/** What the files have as anchors and CRLs, in small steps. */
function* readFiles(name: string, files: readonly StoreFileContents[]): Generator<undefined, FilesRead> {
  const anchors: TrustAnchor[] = []
  const crls: CrlCandidate[] = []
  const refused: Refused[] = []
  for (const file of files) {
    if (file.use === 'constraints') continue
    const { path, use } = file
    if ('fault' in file) {
      refused.push({ path, line: undefined, reason: file.fault })
      continue
    }
    const found = yield* anchorSteps(file.octets, `trustStore:${name}`)
    for (const { line, reason } of found.refused) refused.push({ path, line, reason })
    for (const crl of found.crls) crls.push(crl)
    if (use === 'crls') {
      if (found.anchors.length > 0) refused.push({ path, line: undefined, reason: notOfCrls })
      continue
    }
    for (const anchor of found.anchors) {
      // Computed when they are first asked for, and a store asks for those of all its anchors at once.
      void [anchor.certificate.fingerprint, anchor.certificate.subject.key]
      anchors.push(anchor)
      yield undefined
    }
  }
  return { anchors, crls, refused }
}

const notOfCrls = 'it has certificates, and its name says that it is of CRLs'

/** All faults of constraints as one reason; undefined where there is none. */
const reasonOf = (faults: readonly ConstraintsFault[]): string | undefined => {
  if (faults.length === 0) return undefined
  const told = faults
    .slice(0, mostTold)
    .map(({ pointer, detail }) => (pointer === '' ? `it ${detail}` : `${pointer} ${detail}`))
  const more = faults.length > mostTold ? [`and ${faults.length - mostTold} more faults`] : []
  return [...told, ...more].join('; ')
}

/** In one line of a log. */
const mostTold = 16
