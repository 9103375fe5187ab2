import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { keepingContract, type Place } from '../support/keeping-contract.ts'
import { keepingAmongProcesses } from '../support/keeping-processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-keep-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let places = 0
const newPlace = (): Place => {
  places += 1
  return { databaseUrl: undefined, dataDir: join(folder, 'deep', String(places)) }
}

describe('the embedded database', () => {
  keepingContract(newPlace)
  keepingAmongProcesses(newPlace)
})
