// Makes the page that browsers load: copies its documents, style sheets and drawings from src/page to dist/page, and puts one
// script there in place of the module main.js, with all that it reaches, so that a browser waits for one file and not for forty.
import { cpSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const from = fileURLToPath(new URL('../src/page', import.meta.url))
const to = fileURLToPath(new URL('../dist/page', import.meta.url))

cpSync(from, to, {
  recursive: true,
  filter: (name) => statSync(name).isDirectory() || ['.html', '.css', '.svg'].includes(extname(name))
})

await build({
  entryPoints: [`${from}/main.ts`],
  outfile: `${to}/main.js`,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: ['es2022'],
  charset: 'utf8',
  logLevel: 'warning'
})
