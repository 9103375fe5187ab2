import { createHash } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { labelOf, linedTokens, listedTokens } from '#dist/service/admin-tokens.js'
import { administrators } from '#dist/service/administrators.js'
import { tokenFile } from '#dist/service/token-file.js'

const first = 'first-token-of-all'
const second = 'MDEyMzQ1Njc4OWFiY2RlZg=='

describe('ADMIN_TOKENS', () => {
  it('are tokens, each with a label or with one made of its hash', () => {
    const { tokens, faults } = listedTokens(` deploy=${first} , ${second},,`)
    expect(faults).toEqual([])
    const hash = createHash('sha256').update(second).digest('hex')
    expect(tokens.map(({ label }) => label)).toEqual(['deploy', `token-${hash.slice(0, 8)}`])
    expect(labelOf(tokens, first)).toBe('deploy')
    expect(labelOf(tokens, second)).toBe(`token-${hash.slice(0, 8)}`)
    expect(JSON.stringify(tokens)).not.toContain(first)
  })

  it('let in nobody with anything else', () => {
    const { tokens } = listedTokens(`deploy=${first}`)
    for (const wrong of ['', first.slice(1), `${first} `, `deploy=${first}`, first.toUpperCase(), hashOf(first)]) {
      expect(labelOf(tokens, wrong)).toBeUndefined()
    }
    expect(labelOf([], first)).toBeUndefined()
  })

  it.each([
    ['short', 'entry 1 has a token of 5 characters, not of 16 to 1024'],
    [`a=${'x'.repeat(15)}`, 'entry 1 has a token of 15 characters, not of 16 to 1024'],
    ['x'.repeat(1_025), 'entry 1 has a token of 1025 characters, not of 16 to 1024'],
    [
      'label with spaces=aaaaaaaaaaaaaaaa',
      'entry 1 is neither a token nor label=token: a token has letters, digits and . _ ~ + / - only'
    ],
    [
      'secret!secret!secret!',
      'entry 1 is neither a token nor label=token: a token has letters, digits and . _ ~ + / - only'
    ]
  ])('have a fault that does not show them: %s', (text, fault) => {
    expect(listedTokens(text)).toEqual({ tokens: [], faults: [fault] })
  })

  it('are a hundred at most', () => {
    const { tokens, faults } = listedTokens(Array.from({ length: 101 }, (_, at) => `${first}${at}`).join(','))
    expect(tokens).toHaveLength(100)
    expect(faults).toEqual(['there are more than 100 tokens'])
  })
})

describe('ADMIN_TOKENS_FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-tokens-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const reports: string[] = []
  const open = (name: string) => tokenFile(join(folder, name), (fault) => reports.push(fault))
  const labels = (file: ReturnType<typeof open>): readonly string[] => file.tokens().map(({ label }) => label)

  it('has a line each, comments and empty lines aside', () => {
    expect(linedTokens(`# who may\n\n  deploy=${first}\r\n`).tokens.map(({ label }) => label)).toEqual(['deploy'])
    expect(linedTokens(`\n#\nshort`).faults).toEqual(['line 3 has a token of 5 characters, not of 16 to 1024'])
  })

  it('counts as it is now: tokens are added and taken away without a restart', () => {
    const path = join(folder, 'tokens')
    writeFileSync(path, `a=${first}\n`)
    const file = open('tokens')
    expect(labels(file)).toEqual(['a'])
    writeFileSync(path, `a=${first}\nb=${second}\n`)
    expect(labels(file)).toEqual(['a', 'b'])
    writeFileSync(path, `b=${second}\n`)
    expect(labels(file)).toEqual(['b'])
    expect(reports).toEqual([])
  })

  it('is followed through the links by which mounted secrets are swapped', () => {
    writeFileSync(join(folder, 'old'), `a=${first}`)
    writeFileSync(join(folder, 'new'), `b=${first}`)
    symlinkSync(join(folder, 'old'), join(folder, 'link'))
    const file = open('link')
    expect(labels(file)).toEqual(['a'])
    symlinkSync(join(folder, 'new'), join(folder, 'next'))
    renameSync(join(folder, 'next'), join(folder, 'link'))
    expect(labels(file)).toEqual(['b'])
  })

  it('lets in nobody where it cannot be read, and says so once', () => {
    const path = join(folder, 'gone')
    writeFileSync(path, `a=${first}`)
    const file = open('gone')
    expect(labels(file)).toEqual(['a'])
    rmSync(path)
    expect([labels(file), labels(file)]).toEqual([[], []])
    expect(reports).toEqual([`${path} cannot be read: ENOENT`])
    writeFileSync(path, `a=${first}\nshort\n`)
    expect(labels(file)).toEqual(['a'])
    expect(reports.at(-1)).toBe(`${path}: line 2 has a token of 5 characters, not of 16 to 1024`)
    file.reload()
    expect(labels(file)).toEqual(['a'])
  })

  it('and the variable together say who may', () => {
    const path = join(folder, 'both')
    writeFileSync(path, `b=${second}`)
    const who = administrators(listedTokens(`a=${first}`).tokens, path, (fault) => reports.push(fault))
    expect([who.labelOf(first), who.labelOf(second), who.labelOf('x'), who.any]).toEqual(['a', 'b', undefined, true])
    expect(administrators([], undefined, () => undefined).any).toBe(false)
  })
})

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
