import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, LineCutter, releaseLine } from '#dist/http/batch/lines.js'
import { BodiesInFlight } from '#dist/http/body/bodies-in-flight.js'

const textOf = (line: Line): string =>
  line.kind === 'line' ? Buffer.from(line.octets).toString() : `refused: ${line.problem.document.code}`

/** The lines that each piece has completed, and those of the end, without the pieces that completed none. */
const cut = (
  pieces: readonly (string | Uint8Array)[],
  maxBytes = 100,
  inFlight = new BodiesInFlight(1_000)
): readonly (readonly string[])[] => {
  const cutter = new LineCutter(maxBytes, inFlight)
  const groups = [...pieces.map((piece) => cutter.cut(Buffer.from(piece))), cutter.end()]
  const texts = groups.map((lines) => lines.map(textOf))
  for (const line of groups.flat()) releaseLine(line)
  expect(inFlight.octets).toBe(0)
  return texts.filter((lines) => lines.length > 0)
}

describe('lines of a stream', () => {
  it('come as soon as they are complete, wherever the stream is cut', () => {
    expect(cut(['a\nb', 'b\n', 'c', 'c', '\nd\ne\nf'])).toEqual([['a'], ['bb'], ['cc', 'd', 'e'], ['f']])
  })

  it('are passed over where they are blank', () => {
    expect(cut(['\n\r\n \t\na\r\n\n', '  '])).toEqual([['a\r']])
  })

  it('over the limit are refused, and the next is read', () => {
    expect(cut(['12345', '6\n12345\n', '123456'], 5)).toEqual([
      ['refused: body-too-large', '12345'],
      ['refused: body-too-large']
    ])
  })

  it('for which there is no room are refused, and the next is read', () => {
    const inFlight = new BodiesInFlight(10)
    inFlight.reserve().add(6)
    const cutter = new LineCutter(100, inFlight)
    expect(cutter.cut(Buffer.from('12345\n')).map(textOf)).toEqual(['refused: overloaded'])
    expect(cutter.cut(Buffer.from('1234\n')).map(textOf)).toEqual(['1234'])
    expect(inFlight.octets).toBe(10)
  })

  it('count until they are released, and what is left of a stream that is given up does not', () => {
    const inFlight = new BodiesInFlight(1_000)
    const cutter = new LineCutter(100, inFlight)
    const [line] = cutter.cut(Buffer.from('123\n45'))
    expect(inFlight.octets).toBe(5)
    if (line !== undefined) releaseLine(line)
    expect(inFlight.octets).toBe(2)
    cutter.drop()
    expect(inFlight.octets).toBe(0)
  })

  it('are those of the whole text, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '\n', ' ', 'é') }), { maxLength: 20 }), (parts) => {
        expect(cut(parts).flat()).toEqual(
          parts
            .join('')
            .split('\n')
            .filter((line) => /[^ ]/.test(line))
        )
      })
    )
  })
})
