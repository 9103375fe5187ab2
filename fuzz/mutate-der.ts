import { countNodes, type DerNode, lengthOctets, nodeAt, parseDer, replaceNode, writeDer } from './der-tree.ts'
import type { Random } from './random.ts'

/** Changes that a decoder's author may not have thought of, to one place of a tree. */
type Mutation = (node: DerNode, random: Random, other: DerNode) => readonly DerNode[]

const tagsOfInterest = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1c, 0x1e, 0x1f, 0x24, 0x30, 0x31,
  0x3f, 0x80, 0x81, 0x82, 0x86, 0x87, 0xa0, 0xa1, 0xa3, 0xbf, 0xff, 0x00
] as const

/** Contents that numbers, times, names, bit strings and OIDs stumble over. */
const contentsOfInterest = [
  '',
  '00',
  '01',
  '7f',
  '80',
  'ff',
  '0000',
  '0080',
  '00ff',
  'ff80',
  'ffffffff',
  '0100000000',
  '7fffffffffffffff',
  '00ffffffffffffffffffffffffffffffffffffffff',
  '0780',
  '08ff',
  '0000',
  '2a',
  '2a8648',
  '2a80',
  '5504',
  '550403',
  '551d00',
  '883703',
  'ffffffffffffffffff7f',
  '3530303130313030303030305a',
  '39393939313233313233353935395a',
  '323530323330303030303030305a',
  '32303530303130313030303030305a',
  '30303030303030303030303030305a',
  '2a2e',
  '2e',
  '2e2e',
  '2a2e6578616d706c65',
  '00'.repeat(64),
  '7878002e6578616d706c65',
  'e280ae',
  'c080',
  'f4908080',
  'd800',
  '40',
  '5b3a3a315d',
  '0a000001',
  '0a000001ff00ff00',
  '687474703a2f2f'
] as const

const mutations: readonly Mutation[] = [
  () => [],
  (node) => [node, node],
  (node, random) => [{ ...node, tag: random.pick(tagsOfInterest) }],
  (node, random) => [{ ...node, tag: node.tag ^ (1 << random.below(8)) }],
  (node, random) => [{ ...node, content: Buffer.from(random.pick(contentsOfInterest), 'hex') }],
  (node, random) => [{ ...node, content: flipped(octetsOf(node), random) }],
  (node, random) => [{ ...node, content: octetsOf(node).subarray(0, random.below(octetsOf(node).length + 1)) }],
  (node, random) => [{ ...node, content: Buffer.concat([octetsOf(node), random.octets(1 + random.below(4))]) }],
  (node, random) => [{ ...node, content: Buffer.concat(Array(1 + random.below(64)).fill(octetsOf(node))) }],
  (_node, _random, other) => [other],
  (node, _random, other) => [{ ...node, content: [other] }],
  (node, random) => [nested(node, 1 + random.below(80))],
  (node, random) => [{ ...node, length: lyingLength(octetsOf(node).length, random) }],
  (node) => [{ ...node, content: Array.isArray(node.content) ? node.content.toReversed() : node.content }]
]

const octetsOf = ({ content }: DerNode): Uint8Array => (content instanceof Uint8Array ? content : writeDer(content))

const flipped = (octets: Uint8Array, random: Random): Uint8Array => {
  const copy = Uint8Array.from(octets)
  const at = random.below(copy.length)
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
  return copy
}

const nested = (node: DerNode, levels: number): DerNode =>
  levels === 0 ? node : nested({ tag: 0x30, content: [node] }, levels - 1)

const lyingLength = (length: number, random: Random): Uint8Array =>
  random.pick([
    lengthOctets(length + 1),
    lengthOctets(Math.max(0, length - 1)),
    Uint8Array.of(0x80),
    Uint8Array.of(0x81, length & 0x7f),
    Uint8Array.of(0x84, 0xff, 0xff, 0xff, 0xff),
    Uint8Array.of(0x82, 0, length & 0xff),
    Uint8Array.of(0xff)
  ])

const most = 262_144

/** `bytes` with one to four places of its structure changed, also with parts of `donor`. */
export const mutateDer = (bytes: Uint8Array, donor: Uint8Array, random: Random): Uint8Array => {
  let tree = parseDer(bytes)
  const donors = parseDer(donor) ?? []
  if (tree === undefined) return flipped(bytes, random)
  for (let left = 1 + random.below(4); left > 0; left--) {
    const change = random.pick(mutations)
    const other = nodeAt(donors, random.below(countNodes(donors))) ?? { tag: 0x05, content: new Uint8Array() }
    tree = replaceNode(tree, random.below(countNodes(tree)), (node) => change(node, random, other))
  }
  const written = writeDer(tree)
  return written.length > most ? bytes : random.chance(20) ? flipped(written, random) : written
}
