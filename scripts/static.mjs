// Copies what the page is made of beside its modules from src/page to dist/page: documents, style sheets and drawings.
import { cpSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const from = fileURLToPath(new URL('../src/page', import.meta.url))
const to = fileURLToPath(new URL('../dist/page', import.meta.url))

cpSync(from, to, {
  recursive: true,
  filter: (name) => statSync(name).isDirectory() || ['.html', '.css', '.svg'].includes(extname(name))
})
