/** A profile as V8 writes it: a tree of calls, and which of them was being run at each sample. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  /** Microseconds. */
  readonly timeDeltas: readonly number[]
}

type Node = CpuProfile['nodes'][number]

/** Where a file belongs, the first that fits: what has none belongs to its caller. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/dist\/core\/decode\/(input|pem)\//, 'PEM and bundles'],
  [/dist\/core\/decode\/name\//, 'names'],
  [/dist\/core\/decode\//, 'DER'],
  [/dist\/core\/match\/key\//, 'keys and signatures'],
  [/dist\/core\/(checks|match)\//, 'checks'],
  [/dist\/core\/path\//, 'path'],
  [/dist\/core\/report/, 'report'],
  [/dist\/core\/|dist\/service\//, 'request, service'],
  [/dist\/http\/body\/|dist\/http\/validator|typebox/, 'body'],
  [/fast-json-stringify|dist\/http\/plain-json/, 'serialization'],
  [/dist\/(http|log)|fastify|find-my-way|pino|node:(internal\/)?(_?http|net|stream|tls|events)/, 'HTTP'],
  [/dist\/(trust|server|main)|node:internal\/(modules|main|bootstrap)/, 'starting']
]

export const areas = [...new Set(rules.map(([, area]) => area)), 'garbage collection', 'other']

export interface Summary {
  /** Microseconds without those in which nothing was to do. */
  readonly total: number
  readonly byArea: ReadonlyMap<string, number>
  /** The most expensive first. */
  readonly byFunction: readonly (readonly [string, number])[]
}

/** Adds up the samples by area and by function; what the platform does counts for the function that asked for it. */
export const summarise = ({ nodes, samples, timeDeltas }: CpuProfile): Summary => {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)))
  const byArea = new Map<string, number>()
  const byFunction = new Map<string, number>()
  let total = 0
  for (const [at, id] of samples.entries()) {
    const node = byId.get(id)
    const time = timeDeltas[at] ?? 0
    if (node === undefined || node.callFrame.functionName === '(idle)') continue
    total += time
    const { area, owner } = placeOf(node, parents)
    byArea.set(area, (byArea.get(area) ?? 0) + time)
    byFunction.set(owner, (byFunction.get(owner) ?? 0) + time)
  }
  return { total, byArea, byFunction: [...byFunction].sort(([, one], [, other]) => other - one) }
}

const placeOf = (node: Node, parents: ReadonlyMap<number, Node>): { readonly area: string; readonly owner: string } => {
  if (node.callFrame.functionName === '(garbage collector)') return { area: 'garbage collection', owner: '(collector)' }
  for (let frame: Node | undefined = node; frame !== undefined; frame = parents.get(frame.id)) {
    const { url, functionName, lineNumber } = frame.callFrame
    const area = rules.find(([pattern]) => pattern.test(url))?.[1]
    if (area === undefined) continue
    const called = frame === node ? '' : ` > ${node.callFrame.functionName}`
    return { area, owner: `${functionName} (${url.split('/').slice(-2).join('/')}:${lineNumber + 1})${called}` }
  }
  return { area: 'other', owner: node.callFrame.functionName }
}
