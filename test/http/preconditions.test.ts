import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayChange, readPreconditions, readStatus } from '#dist/http/preconditions.js'
import { Problem } from '#dist/http/problem.js'
import { cpuTimeOf } from '../support/cpu-time.ts'

const match = (field: string) => readPreconditions({ 'if-match': field })
const noneMatch = (field: string) => readPreconditions({ 'if-none-match': field })

describe('If-Match (RFC 9110 §13.1.1)', () => {
  it.each([
    ['"a"', ['a'], true],
    ['"a"', ['b'], false],
    ['"b", "a"', ['a'], true],
    ['"b" ,, "a",', ['a'], true],
    ['"a"', ['a-json', 'a'], true],
    ['W/"a"', ['a'], false],
    ['"x,y"', ['x,y'], true],
    ['"x,y"', ['x'], false],
    ['""', [''], true],
    ['*', ['a'], true],
    [' * ', ['a'], true],
    ['*', undefined, false],
    ['"a"', undefined, false]
  ])('%s of %j: %s', (field, current, expected) => {
    expect(mayChange(match(field), current)).toBe(expected)
  })
})

describe('If-None-Match (RFC 9110 §13.1.2)', () => {
  it.each([
    ['*', undefined, true],
    ['*', ['a'], false],
    ['"a"', ['a'], false],
    ['W/"a"', ['a'], false],
    ['"b"', ['a'], true],
    ['"b"', undefined, true]
  ])('%s of %j lets a change be made: %s', (field, current, expected) => {
    expect(mayChange(noneMatch(field), current)).toBe(expected)
  })

  it.each([
    [{ 'if-none-match': '"a"' }, 304],
    [{ 'if-none-match': 'W/"a"' }, 304],
    [{ 'if-none-match': '"b"' }, 200],
    [{ 'if-match': '"b"', 'if-none-match': '"a"' }, 412],
    [{ 'if-match': '"a"', 'if-none-match': '"a"' }, 304],
    [{}, 200]
  ])('of a GET with %j: %i', (headers, status) => {
    expect(readStatus(readPreconditions(headers), 'a')).toBe(status)
  })
})

describe('both together', () => {
  it('must both hold', () => {
    const both = readPreconditions({ 'if-match': '"a"', 'if-none-match': '"b"' })
    expect([mayChange(both, ['a']), mayChange(both, ['b']), mayChange(both, ['a', 'b'])]).toEqual([true, false, false])
  })
})

describe('fields that cannot be read', () => {
  it.each(['', ' ', ',', 'a', '"a', 'a"', '"a" "b"', 'w/"a"', 'W/ "a"', '*, "a"', '"a", *', '"a\u0007"'])(
    'are refused, not taken for none: %j',
    (field) => {
      for (const read of [match, noneMatch]) {
        expect(() => read(field)).toThrow(
          expect.objectContaining({ document: expect.objectContaining({ code: 'request-malformed', status: 400 }) })
        )
      }
    }
  )

  it('are the only ones that are: any text is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', ',', 'W/', ' ', 'a', '*') })),
        (field) => {
          try {
            mayChange(match(field), ['a'])
          } catch (error) {
            expect(error).toBeInstanceOf(Problem)
          }
        }
      )
    )
  })

  it('cost no more than their length', () => {
    const long = `${'"a" '.repeat(4_000)}`
    const took = cpuTimeOf(() => {
      expect(() => match(long)).toThrow(Problem)
      expect(() => match(','.repeat(16_000))).toThrow(Problem)
      expect(() => match(' '.repeat(16_000))).toThrow(Problem)
    })
    expect(took).toBeLessThan(500)
  })
})
