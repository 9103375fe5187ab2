// Fails where openapi/openapi.json breaks clients of openapi/baseline.json, which is what the last release promised. Arguments,
// if any, are two other descriptions: the older and the newer.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { engineOrEnd } from './engine.mjs'

const file = (name) => fileURLToPath(new URL(`../openapi/${name}`, import.meta.url))
const [older = file('baseline.json'), newer = file('openapi.json')] = process.argv.slice(2)
const parameters = ['breaking', '--fail-on', 'ERR', '--color', 'never', older, newer]
const { status, error } = spawnSync(engineOrEnd('oasdiff'), parameters, { stdio: 'inherit', timeout: 60_000 })
if (error !== undefined) console.error(error.message)
if (status === 1) {
  console.error(
    'The description breaks clients. If that is meant, move the baseline in the same change (npm run openapi:baseline) and tell it in the changelog.'
  )
}
process.exitCode = status ?? 1
