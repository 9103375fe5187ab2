import { readAnchors } from '../core/decode/input/read-anchors.ts'
import { trustStore } from '../core/decode/input/trust-store.ts'
import type { Candidate } from '../core/model/path.ts'
import type { TrustStore } from '../core/model/trust-store.ts'
import type { StoreFileContents } from './contents.ts'

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
 * without them its anchors would be trusted for more than was written.
 */
export const makeStore = async (
  name: string,
  version: string,
  files: readonly StoreFileContents[]
): Promise<MadeStore | { readonly fault: Refused }> => {
  const anchors: Candidate[] = []
  const refused: Refused[] = []
  for (const file of files) {
    const { path } = file
    if (file.use === 'constraints') return { fault: { path, line: undefined, reason: 'constraints cannot be read' } }
    if ('fault' in file) {
      refused.push({ path, line: undefined, reason: file.fault })
      continue
    }
    const found = readAnchors(file.octets)
    for (const certificate of found.certificates) anchors.push({ certificate, source: `trustStore:${name}` })
    for (const { line, reason } of found.refused) refused.push({ path, line, reason })
  }
  return { store: trustStore({ name, version, anchors }), refused }
}
