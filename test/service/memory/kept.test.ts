import { describe, expect, it } from 'vitest'
import { Kept } from '#dist/service/memory/kept.js'

describe('values that are kept up to so many bytes', () => {
  const having = (most: number, ...keys: readonly string[]): Kept<string> => {
    const kept = new Kept<string>(most)
    for (const key of keys) kept.set(key, key.toUpperCase(), 1)
    return kept
  }
  const held = (kept: Kept<string>, ...keys: readonly string[]) => keys.filter((key) => kept.get(key) !== undefined)

  it('go in the order in which they came, where none was asked for', () => {
    const kept = having(2, 'a', 'b', 'c')
    expect(kept.counts).toMatchObject({ entries: 2, bytes: 2, evicted: 1 })
    expect(held(kept, 'a', 'b', 'c')).toEqual(['b', 'c'])
  })

  it('are spared once where they were asked for', () => {
    const kept = having(2, 'a', 'b')
    kept.get('a')
    kept.set('c', 'C', 1)
    expect(held(kept, 'a', 'b', 'c')).toEqual(['a', 'c'])
  })

  it('make room for a new one where all were asked for', () => {
    const kept = having(2, 'a', 'b')
    held(kept, 'a', 'b')
    kept.set('c', 'C', 1)
    expect(held(kept, 'a', 'b', 'c')).toEqual(['b', 'c'])
  })

  it('make no room for one that would not fit alone', () => {
    const kept = having(2, 'a', 'b')
    kept.set('c', 'C', 3)
    expect(held(kept, 'a', 'b', 'c')).toEqual(['a', 'b'])
    expect(kept.counts).toMatchObject({ entries: 2, bytes: 2, evicted: 1 })
  })

  it('are counted by what they take, also where one takes the place of another', () => {
    const kept = having(4, 'a')
    kept.set('a', 'again', 3)
    expect([kept.get('a'), kept.counts.bytes]).toEqual(['again', 3])
  })
})
