import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const textOf = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')

interface LockedPackage {
  readonly dev?: boolean
  readonly license?: string
}

const locked = (JSON.parse(textOf('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages
const manifest = JSON.parse(textOf('package.json')) as { readonly dependencies: Record<string, string> }

/** What a built file imports or requires: statements at the start of a line, and calls with a name. */
const importsOf = (path: string): readonly string[] =>
  [
    ...textOf(path).matchAll(/(?:^import |^} from |^import [^;"]* from |\bimport\(|\b(?:__)?require\()"([^"\n]+)"/gm)
  ].map(([, name]) => String(name))

/** The files of the bundle that an entry reaches, itself among them. */
const reachedFrom = (entry: string): ReadonlySet<string> => {
  const files = new Set([entry])
  for (const file of files) {
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) continue
      files.add(new URL(name, `file:///${file}`).pathname.slice(1))
    }
  }
  return files
}

const entries = ['dist/main.js', 'dist/server.cjs', 'dist/service/lanes/worker.js', 'dist/serving/main.js']

describe.each(entries)('%s, which is started', (entry) => {
  const files = [...reachedFrom(entry)]

  it('is bundled: what it loads lies in few files, all in dist itself', () => {
    expect(files.length).toBeLessThan(60)
    const others = files.filter((file) => file !== entry && !/^dist\/[a-z-]+-[A-Z0-9]{8}\.js$/.test(file))
    expect(others.filter((file) => !['dist/pkijs.js', 'dist/asn1js.js'].includes(file))).toEqual([])
  })

  it('loads only what Node.js has, and packages of the product where they are needed', () => {
    const packages = new Set(
      files.flatMap(importsOf).filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
    )
    const others = [...packages].filter((name) => !builtinModules.includes(name))
    const allowed = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request', 'pg']
    expect(others.filter((name) => !allowed.includes(name))).toEqual([])
  })

  it('can be read in a stack trace: each line is one of a module that is named', () => {
    for (const file of files) {
      const lines = textOf(file).split('\n')
      // The list of public suffixes is data.
      expect(lines.filter((line) => line.length > 5_000 && !/^ +var (edge|label)\w+ = /.test(line))).toEqual([])
    }
    expect(files.map(textOf).join('\n')).toContain('// src/core/validate.ts')
  })
})

describe('the licences of what is bundled', () => {
  const names = [...textOf('dist/THIRD-PARTY.txt').matchAll(/^(\S+) \d+\.\d+\.\d+\S*: (\S.*)$/gm)].map(
    ([, name, licence]) => ({
      name: String(name),
      licence: String(licence)
    })
  )

  it('are of packages that the product depends on, and of no tool', () => {
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['fastify', 'pino', 'tldts', 'typebox']))
    expect(names.filter(({ name }) => locked[`node_modules/${name}`]?.dev !== undefined)).toEqual([])
    expect(names.filter(({ name }) => locked[`node_modules/${name}`] === undefined)).toEqual([])
  })

  it('are permissive, each with its text', () => {
    const permissive = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause'])
    expect(names.filter(({ licence }) => !permissive.has(licence))).toEqual([])
    expect(
      textOf('dist/THIRD-PARTY.txt')
        .split('-'.repeat(80))
        .filter((part) => part.length < 300 && !part.includes('The package has no text of it. Its author is'))
    ).toEqual([])
  })

  it('are of all packages that the product names and does not load as packages', () => {
    const loaded = ['@fastify/swagger', '@fastify/swagger-ui', 'pg']
    const bundled = Object.keys(manifest.dependencies).filter((name) => !loaded.includes(name))
    expect(bundled.filter((name) => !names.some((each) => each.name === name))).toEqual([])
  })
})

describe('a module of the service', () => {
  it('looks for files by package-file.ts alone, since it lies elsewhere when it is bundled', () => {
    const files = globSync('src/**/*.ts', { cwd: root, exclude: ['src/page/**', 'src/client/**'] })
    const looking = files.filter((file) => /import\.meta\.(url|dirname|filename)|\b__dirname\b/.test(textOf(file)))
    expect(looking.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(['src/package-file.ts', 'src/version.ts'])
  })
})
