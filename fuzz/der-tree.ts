/** DER as a tree that can be changed and written again; what does not parse stays octets. */
export interface DerNode {
  /** The identifier octet. */
  readonly tag: number
  /** Elements that the content consists of, or its octets where it consists of none. */
  readonly content: readonly DerNode[] | Uint8Array
  /** Written in place of the true length, where a mutation lies about it. */
  readonly length?: Uint8Array
}

const deepest = 40

/** The elements that make up `bytes`, or undefined where it is not made of elements alone. */
export const parseDer = (bytes: Uint8Array, depth = 0): readonly DerNode[] | undefined => {
  const nodes: DerNode[] = []
  let at = 0
  while (at < bytes.length) {
    const element = elementAt(bytes, at)
    if (element === undefined) return undefined
    const octets = bytes.subarray(element.content, element.end)
    nodes.push({ tag: element.tag, content: contentOf(element.tag, octets, depth) })
    at = element.end
  }
  return nodes
}

/** What is constructed, or wraps elements as extension values and keys do, is looked into. */
const contentOf = (tag: number, octets: Uint8Array, depth: number): DerNode['content'] => {
  const wraps = tag === 0x04 && octets.length > 2
  const inner = depth < deepest && ((tag & 0x20) !== 0 || wraps) ? parseDer(octets, depth + 1) : undefined
  return inner === undefined || (wraps && inner.length !== 1) ? octets : inner
}

interface Extent {
  readonly tag: number
  readonly content: number
  readonly end: number
}

const elementAt = (bytes: Uint8Array, start: number): Extent | undefined => {
  const tag = bytes[start]
  const first = bytes[start + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || first === 0x80 || first > 0x84)
    return undefined
  let content = start + 2
  let length = first
  if (first > 0x80) {
    length = 0
    for (let left = first & 0x7f; left > 0; left--) length = length * 256 + (bytes[content++] ?? 0)
  }
  const end = content + length
  return end > bytes.length ? undefined : { tag, content, end }
}

export const writeDer = (nodes: readonly DerNode[]): Uint8Array => Buffer.concat(nodes.map(writeNode))

const writeNode = ({ tag, content, length }: DerNode): Uint8Array => {
  const octets = content instanceof Uint8Array ? content : writeDer(content)
  return Buffer.concat([Uint8Array.of(tag), length ?? lengthOctets(octets.length), octets])
}

export const lengthOctets = (length: number): Uint8Array => {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256)
  return Uint8Array.of(0x80 | octets.length, ...octets)
}

/** How many nodes a tree has. */
export const countNodes = (nodes: readonly DerNode[]): number =>
  nodes.reduce((sum, { content }) => sum + 1 + (content instanceof Uint8Array ? 0 : countNodes(content)), 0)

/** The tree with its node number `at` (in order of writing) replaced by `change(node)`: none, one or several. */
export const replaceNode = (
  nodes: readonly DerNode[],
  at: number,
  change: (node: DerNode) => readonly DerNode[]
): readonly DerNode[] => {
  let left = at
  const walk = (level: readonly DerNode[]): readonly DerNode[] =>
    level.flatMap((node) => {
      if (left-- === 0) return change(node)
      if (left < 0 || node.content instanceof Uint8Array) return [node]
      return [{ ...node, content: walk(node.content) }]
    })
  return walk(nodes)
}

/** The node number `at`, in order of writing. */
export const nodeAt = (nodes: readonly DerNode[], at: number): DerNode | undefined => {
  let found: DerNode | undefined
  replaceNode(nodes, at, (node) => {
    found = node
    return [node]
  })
  return found
}
