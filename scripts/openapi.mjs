// Writes openapi/openapi.json from the built service; with --check it writes nothing and fails when the file is stale;
// with --baseline it makes of it what clients rely on, openapi/baseline.json.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openApiDocument } from '../dist/http/document.js'

const file = new URL('../openapi/openapi.json', import.meta.url)
const text = `${JSON.stringify(await openApiDocument(), null, 2)}\n`

if (process.argv.includes('--baseline')) copyFileSync(file, new URL('baseline.json', file))
else if (!process.argv.includes('--check')) {
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, text)
} else if (read() !== text) {
  console.error('openapi/openapi.json is stale: run "npm run openapi" and commit what it writes.')
  process.exitCode = 1
}

function read() {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
