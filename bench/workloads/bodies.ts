import { pemOf } from '../../test/support/authority.ts'
import { postRequest } from '../connection.ts'
import { authority, sentAbove } from '../pki/authorities.ts'
import { type LeafKind, leafName } from '../pki/leaf.ts'
import type { Leaf, LeafSupply } from '../pki/leaves.ts'
import type { RequestSource } from './workload.ts'

/** What every request of a workload has beside its chain. */
export type Options = Readonly<Record<string, unknown>>

/** How a workload makes a body of a leaf. */
export interface BodyShape {
  readonly issuer: string
  readonly kind?: LeafKind
  /** Changes the chain as PEM, the leaf first, before it is sent. */
  readonly alter?: (chain: readonly string[]) => readonly string[]
  readonly options?: Options
  /** Whether each request names the host that its leaf is for. */
  readonly hostname?: boolean
}

export const path = '/validate'

/** A request for each leaf, every one another. */
export const cold =
  (shape: BodyShape) =>
  async (count: number, supply: LeafSupply): Promise<RequestSource> => {
    const leaves = await supply.take(shape.issuer, shape.kind ?? 'plain', count)
    return (index) => postRequest(path, bodyOf(shape, leafAt(leaves, index)))
  }

/** The same request again and again. */
export const hot =
  (shape: BodyShape) =>
  async (_count: number, supply: LeafSupply): Promise<RequestSource> => {
    const request = (await cold(shape)(1, supply))(0)
    return () => request
  }

/** Four of five requests are of a hundred leaves that come again, in turn; the fifth is of a new one. */
export const mixed =
  (shape: BodyShape) =>
  async (count: number, supply: LeafSupply): Promise<RequestSource> => {
    const known = 100
    const again = await cold(shape)(known, supply)
    const kept = Array.from({ length: known }, (_, at) => again(at))
    const fresh = await cold(shape)(Math.ceil(count / 5), supply)
    return (index) => (index % 5 === 4 ? fresh(Math.floor(index / 5)) : (kept[index % known] ?? again(0)))
  }

/** The bodies of a whole run, as JSON text. */
export const coldBodies = async (
  shape: BodyShape,
  count: number,
  supply: LeafSupply
): Promise<(index: number) => string> => {
  const leaves = await supply.take(shape.issuer, shape.kind ?? 'plain', count)
  return (index) => bodyOf(shape, leafAt(leaves, index))
}

const leafAt = (leaves: readonly Leaf[], index: number): Leaf => {
  const leaf = leaves[index]
  if (leaf === undefined) throw new Error(`Only ${leaves.length} requests were planned`)
  return leaf
}

const bodyOf = ({ issuer, alter, options, hostname }: BodyShape, leaf: Leaf): string => {
  const above = sentAbove(issuer).map((name) => authority(name).pem)
  const sent = [...leaf.certificates.map((der) => pemOf(der)), ...above]
  const chain = (alter?.(sent) ?? sent).join('')
  return JSON.stringify({
    chain,
    ...(hostname === true ? { hostname: leafName(issuer, leaf.serial) } : {}),
    ...options
  })
}
