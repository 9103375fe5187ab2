// Makes of the built modules what is started: the entries below, each with all that it needs in a few files, in place of the
// modules of their names in dist. See docs/decisions/0018-what-is-started-is-bundled.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is started as a process, by its path in src and, with another ending, in dist. */
const entries = ['main.ts', 'service/lanes/worker.ts', 'serving/main.ts']

/** Loaded where PostgreSQL is used, or only ever looked for: they stay packages. */
const external = ['pg', '@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request']

/**
 * An import of node:http as a module reads all that it exports, and so loads the WebSocket of Node.js, which takes longer than
 * all of the service's routes. As CommonJS it does not.
 */
const httpAsCommonJs = {
  name: 'http-as-common-js',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:http$/ }, ({ kind, path }) =>
      kind === 'import-statement' ? { path, namespace: 'common-js' } : undefined
    )
    onLoad({ filter: /./, namespace: 'common-js' }, ({ path }) => ({ contents: `module.exports = require('${path}')` }))
  }
}

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: entries.map((entry) => `src/${entry}`),
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24.7',
  external,
  plugins: [httpAsCommonJs],
  // Packages of CommonJS require the modules of Node.js.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);"
  },
  legalComments: 'none',
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning'
})

writeFileSync(join(root, 'dist/THIRD-PARTY.txt'), licencesOf(packagesIn(metafile)))
if (process.argv[2] !== undefined) writeFileSync(process.argv[2], JSON.stringify(metafile))

/** The folders of the packages whose code is in the bundle, sorted. */
function packagesIn({ outputs }) {
  const folders = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
  return [...new Set(folders)].filter((folder) => folder !== undefined).sort()
}

/** Their licences want to be where their code is. */
function licencesOf(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry))
    const text =
      file === undefined
        ? `The package has no text of it. Its author is ${author?.name ?? author}.`
        : readFileSync(join(root, folder, file), 'utf8').trim()
    return `${name} ${version}: ${license}\n\n${text}\n`
  })
  return `What vidimus brings with it of others.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
