import type { PeerName } from '../peers/catalogue.ts'
import type { LeafSupply } from '../pki/leaves.ts'

/** A kind of request, and who is asked it. */
export interface Workload {
  readonly name: string
  /** For people, as a line of the table. */
  readonly title: string
  readonly group: 'cold' | 'hot' | 'shapes' | 'invalid' | 'batch'
  /** Certificates in the CA file of the servers. */
  readonly roots: 150 | 10_000
  readonly peers: readonly PeerName[]
  /** What a request is worth of ordinary ones: as many fewer are sent. */
  readonly weight: number
  /** Rounds before those that count, where two are too few: what no other workload does runs in code that is not optimised yet. */
  readonly warmUpRounds?: number
  /** Validations in a request: figures are of one. */
  readonly validations?: number
  /** The valid workload of the same shape, for chains that are not valid. */
  readonly comparedWith?: string
  readonly path: string
  readonly expects: Expectation
  /** Makes the requests of a whole run, in the order in which they are sent. */
  requests(count: number, supply: LeafSupply): Promise<RequestSource>
}

/** The request of a number, as octets. Asked for once by each peer. */
export type RequestSource = (index: number) => Uint8Array

export interface Expectation {
  readonly status: number
  /** What the body must hold; no text for the echo, which judges nothing. */
  readonly text: string
}

export const valid: Expectation = { status: 200, text: '"valid":true' }
export const invalid: Expectation = { status: 200, text: '"valid":false' }

export const everyone: readonly PeerName[] = ['vidimus', 'go', 'rust', 'pkijs', 'echo']
export const serious: readonly PeerName[] = ['vidimus', 'go', 'rust', 'echo']
export const withGo: readonly PeerName[] = ['vidimus', 'go']
