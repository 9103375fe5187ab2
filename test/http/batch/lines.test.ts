import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, linesOf } from '#dist/http/batch/lines.js'
import { BodiesInFlight } from '#dist/http/body/bodies-in-flight.js'

async function* streamOf(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk)
}

const textOf = (line: Line): string =>
  line.kind === 'line' ? Buffer.from(line.octets).toString() : `refused: ${line.problem.document.code}`

const cut = async (
  chunks: readonly (string | Uint8Array)[],
  maxBytes = 100,
  inFlight = new BodiesInFlight(1_000)
): Promise<readonly (readonly string[])[]> => {
  const groups: string[][] = []
  for await (const lines of linesOf(streamOf(...chunks), maxBytes, inFlight)) {
    groups.push(lines.map(textOf))
    for (const line of lines) if (line.kind === 'line') line.release()
  }
  expect(inFlight.octets).toBe(0)
  return groups
}

describe('lines of a stream', () => {
  it('come as soon as they are complete, wherever the stream is cut', async () => {
    expect(await cut(['a\nb', 'b\n', 'c', 'c', '\nd\ne\nf'])).toEqual([['a'], ['bb'], ['cc', 'd', 'e'], ['f']])
  })

  it('are passed over where they are blank', async () => {
    expect(await cut(['\n\r\n \t\na\r\n\n', '  '])).toEqual([['a\r']])
  })

  it('over the limit are refused, and the next is read', async () => {
    expect(await cut(['12345', '6\n12345\n', '123456'], 5)).toEqual([
      ['refused: body-too-large', '12345'],
      ['refused: body-too-large']
    ])
  })

  it('for which there is no room are refused, and the next is read', async () => {
    const inFlight = new BodiesInFlight(10)
    const other = inFlight.reserve()
    other.add(6)
    const groups: string[][] = []
    for await (const lines of linesOf(streamOf('12345\n', '1234\n'), 100, inFlight)) groups.push(lines.map(textOf))
    expect(groups).toEqual([['refused: overloaded'], ['1234']])
    expect(inFlight.octets).toBe(10)
  })

  it('count until they are released, and what is left of a stream that is given up does not', async () => {
    const inFlight = new BodiesInFlight(1_000)
    for await (const [line] of linesOf(streamOf('123\n45', '6\n'), 100, inFlight)) {
      expect(inFlight.octets).toBe(5)
      if (line?.kind === 'line') line.release()
      expect(inFlight.octets).toBe(2)
      break
    }
    expect(inFlight.octets).toBe(0)
  })

  it('are those of the whole text, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', '\n', ' ', 'é') }), { maxLength: 20 }),
        async (parts) => {
          const lines = (await cut(parts)).flat()
          expect(lines).toEqual(
            parts
              .join('')
              .split('\n')
              .filter((line) => /[^ ]/.test(line))
          )
        }
      )
    )
  })
})
