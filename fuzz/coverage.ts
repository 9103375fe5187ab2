import { Session } from 'node:inspector/promises'
import { fileURLToPath } from 'node:url'

/** Which share of the code below a folder was run, in characters of its blocks, as V8 counts them. */
export interface Coverage {
  readonly covered: number
  readonly total: number
}

/** Starts counting, and gives a function that ends it. */
export const countCoverage = async (below: RegExp): Promise<() => Promise<Coverage>> => {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    session.disconnect()
    let covered = 0
    let total = 0
    for (const { url, functions } of result) {
      if (!url.startsWith('file:') || !below.test(fileURLToPath(url))) continue
      const marks = marksOf(functions)
      total += marks.length
      covered += marks.reduce((sum, mark) => sum + mark, 0)
    }
    return { covered, total }
  }
}

interface CountedFunction {
  readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[]
}

/** 1 for each character that was run; inner ranges come after the outer ones and overrule them. */
const marksOf = (functions: readonly CountedFunction[]): Uint8Array => {
  const ranges = functions.flatMap(({ ranges }) => ranges)
  const marks = new Uint8Array(Math.max(0, ...ranges.map(({ endOffset }) => endOffset)))
  for (const { startOffset, endOffset, count } of ranges) marks.fill(count > 0 ? 1 : 0, startOffset, endOffset)
  return marks
}
