// Makes of the built modules what is started: the entries below, each with all that it needs in a few files, in place of the
// modules of their names in dist. See docs/decisions/0018-what-is-started-is-bundled.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is started as a process, by its path in src and, with another ending, in dist. */
const entries = ['main.ts', 'service/lanes/worker.ts', 'serving/main.ts', 'net/probe/look-up-process.ts']

/** Packages that come when they are first needed, each in a file of its own in dist. */
const packagesOfTheirOwn = ['pkijs', 'asn1js']

/** Loaded where PostgreSQL is used, or only ever looked for: they stay packages. */
const external = ['pg', '@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request']

/**
 * An import of a module of Node.js reads all that it exports, and so loads what nobody asked for: streams of files, the WebSocket,
 * MIME types and what these need, together as long as all of the service's routes take. Got as an object it does not, and a name that
 * is imported is a constant.
 */
const builtinsByName = {
  name: 'builtins-by-name',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'builtin', sideEffects: false } : undefined
    )
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({ contents: builtinAsModule(path) }))
  }
}

/** Each name is got by a call without effects, so that the bundle has those alone that are used. */
const builtinAsModule = (path) =>
  [
    `const builtin = process.getBuiltinModule('${path}');`,
    'export default builtin;',
    ...Object.keys(process.getBuiltinModule(path))
      .filter((name) => /^[A-Za-z]\w*$/.test(name) && name !== 'default')
      .map((name) => `export const ${name} = /* @__PURE__ */ (() => builtin.${name})();`)
  ].join('\n')

/** Has the script import them there. */
const packagesBeside = {
  name: 'packages-beside',
  setup: ({ onResolve }) => {
    onResolve({ filter: new RegExp(`^(${packagesOfTheirOwn.join('|')})$`) }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./${path}.js`, external: true } : undefined
    )
  }
}

const both = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node24.7',
  external,
  inject: ['scripts/bundled-globals.mjs'],
  plugins: [builtinsByName],
  legalComments: 'none',
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning'
}

const modules = await build({
  ...both,
  entryPoints: [
    ...entries.map((entry) => ({ in: `src/${entry}`, out: entry.replace(/\.ts$/, '') })),
    ...packagesOfTheirOwn.map((name) => ({ in: name, out: name }))
  ],
  splitting: true,
  format: 'esm',
  // Packages of CommonJS require the modules of Node.js.
  banner: { js: "const require = process.getBuiltinModule?.('node:module').createRequire(import.meta.url);" }
})

// The service itself is one script, which V8 can compile ahead, and which src/compiled.ts loads: its value is a function.
const script = await build({
  ...both,
  entryPoints: ['src/server.ts'],
  outExtension: { '.js': '.cjs' },
  plugins: [...both.plugins, packagesBeside],
  format: 'cjs',
  define: { 'import.meta': 'meta' },
  banner: {
    js: [
      "(function (program) { return typeof module === 'object' ? (module.exports = program) : program; })(",
      "function (require, meta) { 'use strict'; const module = { exports: {} };"
    ].join('')
  },
  footer: { js: 'return module.exports; })' },
  write: false
})
for (const { path, text } of script.outputFiles) writeFileSync(path, path.endsWith('.cjs') ? asAscii(text) : text)

const outputs = { ...modules.metafile.outputs, ...script.metafile.outputs }
writeFileSync(join(root, 'dist/THIRD-PARTY.txt'), licencesOf(packagesIn(outputs)))
if (process.argv[2] !== undefined) writeFileSync(process.argv[2], JSON.stringify({ outputs }))

/** Text of one octet a character takes half the memory. What is left are comments, in which an escape changes nothing. */
function asAscii(text) {
  return text.replaceAll(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The folders of the packages whose code is in the bundle, sorted. */
function packagesIn(outputs) {
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
