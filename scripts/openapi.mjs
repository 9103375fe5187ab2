// Writes openapi/openapi.json from the built service, and openapi/types.d.ts, the types of clients, from that. With --check it
// writes nothing and fails when one of them is stale; with --baseline it makes of the description what clients rely on,
// openapi/baseline.json.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openApiDocument } from '../dist/http/document.js'
import { typesOf } from './openapi-types.mjs'

const folder = new URL('../openapi/', import.meta.url)
const description = await openApiDocument()
const files = {
  'openapi.json': `${JSON.stringify(description, null, 2)}\n`,
  'types.d.ts': typesOf(description)
}

if (process.argv.includes('--baseline')) {
  copyFileSync(new URL('openapi.json', folder), new URL('baseline.json', folder))
} else if (process.argv.includes('--check')) {
  for (const [name, text] of Object.entries(files)) {
    if (read(name) === text) continue
    console.error(`openapi/${name} is stale: run "npm run openapi" and commit what it writes.`)
    process.exitCode = 1
  }
} else {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, folder), text)
}

function read(name) {
  try {
    return readFileSync(new URL(name, folder), 'utf8')
  } catch {
    return undefined
  }
}
