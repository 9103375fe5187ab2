import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codeOf } from '#dist/compiled.js'
import { root } from './support/authority.ts'
import { startService } from './support/service.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const built = join(project, 'dist')
const folder = mkdtempSync(join(tmpdir(), 'vidimus-compiled-'))
const dist = join(folder, 'dist')
const main = join(dist, 'main.js')
const authority = root()
const [program, code] = ['server.cjs', 'server.code']

const changed = (octets: Buffer, at: number): Buffer => {
  const copy = Buffer.from(octets)
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
  return copy
}

/** What the service says of an argument that it does not have: its own text, without a port. */
const refusal = (options: readonly string[] = []): string =>
  spawnSync(process.execPath, [...options, main, '--no-such-argument'], { env: {}, encoding: 'utf8' }).stderr

const saysNo = 'vidimus cannot start:\n  There is no argument "--no-such-argument"; --help tells more.\n'

beforeAll(() => {
  mkdirSync(dist)
  for (const name of readdirSync(built)) if (/\.c?js$/.test(name)) copyFileSync(join(built, name), join(dist, name))
  for (const name of ['package.json', 'openapi', 'node_modules']) symlinkSync(join(project, name), join(folder, name))
})

beforeEach(() => {
  for (const name of [program, code]) copyFileSync(join(built, name), join(dist, name))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the code that the build made of the service', () => {
  it('is taken by V8, and is of what ran: most of what a start calls', () => {
    const source = readFileSync(join(built, program))
    const cachedData = codeOf(source, join(built, code))
    if (cachedData === undefined) throw new Error('there is no code of this program')
    expect(cachedData.length).toBeGreaterThan(1_000_000)
    const script = new Script(source.toString('latin1'), { filename: join(built, program), cachedData })
    expect(script.cachedDataRejected).toBe(false)
  })

  it('is not taken where a bit of it, of its seal or of the program is another, nor where it is cut short or not there', () => {
    const source = readFileSync(join(built, program))
    const sealed = readFileSync(join(built, code))
    const file = join(folder, code)
    const taken = (octets: Buffer, of: Buffer = source): boolean => {
      writeFileSync(file, octets)
      return codeOf(of, file) !== undefined
    }
    expect(taken(sealed)).toBe(true)
    for (const at of [0, 31, 32, sealed.length >> 1, sealed.length - 1]) expect(taken(changed(sealed, at))).toBe(false)
    for (const at of [0, source.length >> 1]) expect(taken(sealed, changed(source, at))).toBe(false)
    for (const length of [0, 16, 32, sealed.length - 1]) expect(taken(sealed.subarray(0, length))).toBe(false)
    expect(codeOf(source, join(folder, 'nothing'))).toBeUndefined()
    expect(codeOf(source, folder)).toBeUndefined()
  })

  it('has nothing in it that is not ASCII, as it is read', () => {
    expect(readFileSync(join(built, program), 'latin1').match(/[^\0-\x7f]+/g)).toBeNull()
  })
})

describe('a service', () => {
  it.each([
    ['as it was built', (): void => undefined],
    ['without code', (): void => rmSync(join(dist, code))],
    [
      'with damaged code',
      (): void => writeFileSync(join(dist, code), changed(readFileSync(join(built, code)), 1_000_000))
    ],
    [
      'with code that is cut short',
      (): void => writeFileSync(join(dist, code), readFileSync(join(built, code)).subarray(0, 4_096))
    ]
  ] as const)('%s starts, answers and ends', async (_how, prepare) => {
    prepare()
    const before = readFileSync(join(dist, program))
    const service = await startService({ DEFAULT_TRUST_STORES: 'mozilla' }, { main })
    try {
      const answer = await fetch(`${service.url}/validate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chain: authority.pem, caBundle: authority.pem })
      })
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({ valid: true })
      expect((await fetch(`${service.url}/docs/static/index.css`)).status).toBe(200)
    } finally {
      expect(await service.stop()).toBe(0)
    }
    expect(readFileSync(join(dist, program))).toEqual(before)
  })

  it('runs the program as it is: a word of it that is changed is another word at once', () => {
    expect(refusal()).toBe(saysNo)
    const text = readFileSync(join(dist, program), 'latin1')
    writeFileSync(join(dist, program), text.replace('vidimus cannot start', 'vidimus never starts'), 'latin1')
    expect(refusal()).toBe(saysNo.replace('cannot start', 'never starts'))
  })

  it('runs with source maps, with other flags of V8 and with a heap of its own size', () => {
    for (const option of ['--enable-source-maps', '--no-opt', '--max-old-space-size=300']) {
      expect([option, refusal([option])]).toEqual([option, saysNo])
    }
  })
})
