import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { keepingContract } from '../support/keeping-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-keep-'))
let places = 0
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the embedded database', () => {
  keepingContract(() => {
    places += 1
    return { databaseUrl: undefined, dataDir: join(folder, 'deep', String(places)) }
  })
})
