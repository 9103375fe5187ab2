import { readCertificate } from '../../core/decode/certificate/certificate.ts'
import { readCrl } from '../../core/decode/crl/crl.ts'
import { trustStore } from '../../core/decode/input/trust-store.ts'
import { readName } from '../../core/decode/name/name.ts'
import type { AnchorConstraints } from '../../core/model/anchor-constraints.ts'
import type { GeneralName, Subtrees } from '../../core/model/name.ts'
import type { StoredAnchor, TrustAnchor, TrustStore } from '../../core/model/trust-store.ts'
import { readAgain } from './read-again.ts'

/** A trust store as plain data, to be handed to another process: the octets of what it reads lazily. */
export interface PortableStore {
  readonly name: string | null
  readonly version: string | null
  /** DER. */
  readonly certificates: readonly Uint8Array[]
  readonly sources: readonly string[]
  readonly constraints: ReadonlyMap<number, PortableConstraints>
  readonly crls: readonly { readonly der: Uint8Array; readonly source: string }[]
}

type PortableName =
  | Exclude<GeneralName, { readonly type: 'directory' }>
  | { readonly type: 'directory'; readonly der: Uint8Array }
type PortableSubtrees = { readonly [K in keyof Subtrees]: readonly PortableName[] }
type PortableConstraints = Omit<AnchorConstraints, 'names'> & { readonly names: readonly PortableSubtrees[] }

export const toPortable = ({ name, version, anchors, crls }: TrustStore): PortableStore => ({
  name,
  version,
  certificates: anchors.map(({ certificate }) => certificate.der),
  sources: anchors.map(({ source }) => source),
  constraints: new Map(anchors.flatMap(constraintsAt)),
  crls: crls.map(({ crl, source }) => ({ der: crl.der, source }))
})

const constraintsAt = ({ constraints }: StoredAnchor, at: number): readonly [number, PortableConstraints][] =>
  constraints === undefined
    ? []
    : [[at, { ...constraints, names: constraints.names.map((each) => withNames(each, packed)) }]]

const packed = (name: GeneralName): PortableName =>
  name.type === 'directory' ? { type: 'directory', der: name.value.der } : name

const withNames = <From, To>(
  { permitted, excluded }: { readonly permitted: readonly From[]; readonly excluded: readonly From[] },
  change: (name: From) => To
): { readonly permitted: readonly To[]; readonly excluded: readonly To[] } => ({
  permitted: permitted.map(change),
  excluded: excluded.map(change)
})

/** The store anew, in small steps. What is in it was read before, so that a failure is a bug. */
export function* portableSteps(portable: PortableStore): Generator<undefined, TrustStore> {
  const { name, version, certificates, sources, constraints, crls } = portable
  const anchors: TrustAnchor[] = []
  for (const [at, der] of certificates.entries()) {
    const given = constraints.get(at)
    const certificate = readAgain(readCertificate(der))
    // Computed when they are first asked for, and a store asks for those of all its anchors at once.
    void [certificate.fingerprint, certificate.subject.key]
    anchors.push({
      certificate,
      source: sources[at] ?? '',
      ...(given && { constraints: { ...given, names: given.names.map((each) => withNames(each, unpacked)) } })
    })
    yield undefined
  }
  return trustStore({
    name,
    version,
    anchors,
    crls: crls.map(({ der, source }) => ({ crl: readAgain(readCrl(der)), source }))
  })
}

/** The same at once. */
export const fromPortable = (portable: PortableStore): TrustStore => {
  const steps = portableSteps(portable)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

const unpacked = (name: PortableName): GeneralName =>
  name.type === 'directory' ? { type: 'directory', value: readName(name.der) } : name
