import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ambientUses } from '../support/ambient.ts'
import { readImports } from '../support/import-rules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const wrong = fileURLToPath(new URL('fixtures/wrong-imports', import.meta.url))

function sources(folder: string, below: string): readonly string[] {
  return globSync(`${below}/**/*.ts`, { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
}

describe('the floors of the code', () => {
  it('reads every file of src, and imports in them', async () => {
    const { modules, imports } = await readImports(root)
    expect(modules).toEqual(sources(root, 'src'))
    expect(imports).toBeGreaterThan(modules.length / 2)
  })

  it('finds that every import in src keeps to its floor', async () => {
    const { violations } = await readImports(root)
    expect(violations).toEqual([])
  })

  it('reports each kind of wrong import in a tree that has them all', async () => {
    const { violations } = await readImports(wrong)
    expect(violations).toEqual([
      'check-folders-stand-alone: src/core/checks/policies/graph.ts -> src/core/checks/key-usage.ts',
      'checks-import-match-and-below: src/core/checks/key-usage.ts -> src/core/path/build.ts',
      'checks-stand-alone: src/core/checks/validity.ts -> src/core/checks/key-usage.ts',
      'client-is-for-others: src/service/validation.ts -> src/client/client.ts',
      'client-stands-alone: src/client/client.ts -> fs',
      'constraints-import-match-and-below: src/core/constraints/read.ts -> src/core/request/options.ts',
      'core-imports-core: src/core/validate.ts -> src/trust/load.ts',
      'databases-only-in-keep: src/trust/load.ts -> pg',
      'decode-imports-model: src/core/decode/der.ts -> fs',
      'http-reaches-the-core-through-service: src/http/route.ts -> src/core/validate.ts',
      'http-reaches-the-core-through-service: src/http/route.ts -> src/page/main.ts',
      'inspect-imports-match-and-below: src/core/inspect/certificate.ts -> src/core/checks/key-usage.ts',
      'keep-imports-the-ports: src/keep/open.ts -> net',
      'keep-imports-the-ports: src/keep/open.ts -> src/trust/load.ts',
      'keep-is-opened-by-the-process: src/service/validation.ts -> src/keep/open.ts',
      'library-has-no-edge: src/index.ts -> fastify',
      'match-imports-decode-and-model: src/core/match/name.ts -> asn1js',
      'match-imports-decode-and-model: src/core/match/name.ts -> src/core/checks/check.ts',
      'model-imports-nothing: src/core/model/codes.ts -> src/core/decode/der.ts',
      'net-imports-decode-and-model: src/net/fetch.ts -> src/core/match/name.ts',
      'no-cycles: src/core/path/one.ts -> src/core/path/two.ts',
      'nothing-unresolved: src/http/route.ts -> ./nowhere.ts',
      'one-way-out: src/core/path/build.ts -> http',
      'page-imports-what-browsers-get: src/page/main.ts -> src/core/model/codes.ts',
      'page-is-for-browsers: src/http/route.ts -> src/page/main.ts',
      'path-imports-checks-and-below: src/core/path/build.ts -> http',
      'product-needs-only-its-dependencies: src/service/app.ts -> vitest',
      'request-imports-match-and-below: src/core/request/options.ts -> src/core/path/build.ts',
      'service-knows-no-edge: src/service/validation.ts -> src/client/client.ts',
      'service-knows-no-edge: src/service/validation.ts -> src/http/route.ts',
      'trust-imports-readers-and-model: src/trust/load.ts -> src/net/fetch.ts'
    ])
  })
})

describe('the network', () => {
  it('is reached by no global either, but in the client', () => {
    const files = sources(root, 'src').filter((file) => !file.startsWith('src/client/'))
    const uses = files.flatMap((file) =>
      ambientUses(readFileSync(`${root}/${file}`, 'utf8')).filter((use) =>
        /: (fetch|WebSocket|EventSource|XMLHttpRequest)$/.test(use)
      )
    )
    expect(uses).toEqual([])
  })
})

describe('the core has no clock, environment, network or chance of its own', () => {
  it('uses no such global', () => {
    const files = sources(root, 'src/core')
    expect(files.length).toBeGreaterThan(0)
    const uses = files.flatMap((file) =>
      ambientUses(readFileSync(`${root}/${file}`, 'utf8')).map((use) => `${file}:${use}`)
    )
    expect(uses).toEqual([])
  })

  it('is a rule that sees each such use, and takes neither comments nor given times for one', () => {
    expect(ambientUses(readFileSync(`${wrong}/src/core/path/ambient.ts`, 'utf8'))).toEqual([
      '3: Date.now',
      '3: new Date()',
      '3: new Date()',
      '3: Date()',
      '3: performance',
      '4: process',
      '5: fetch',
      '6: setTimeout',
      '7: Math.random',
      '7: globalThis',
      '8: console'
    ])
  })
})
