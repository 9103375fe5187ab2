import {
  cruise,
  type IFlattenedRuleSet,
  type IForbiddenRuleType,
  type IRegularForbiddenRuleType
} from 'dependency-cruiser'

/** Node's own modules that compute and touch nothing outside: hashes and signatures, IDNA. */
const pureBuiltins = '(node:)?(crypto|url)$'

function packages(...names: readonly string[]): string {
  return `(^|/)node_modules/(${names.join('|')})/`
}

/** `from` may import `allowed` and nothing else, be it a file, a package or a module of Node. */
function only(name: string, from: string, ...allowed: readonly string[]): IForbiddenRuleType {
  return { name, severity: 'error', from: { path: from }, to: { pathNot: [...allowed] } }
}

/** What `from` takes in may import nothing that `to` takes in. */
function never(
  name: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to']
): IRegularForbiddenRuleType {
  return { name, severity: 'error', from, to }
}

/**
 * The floors of the code; see CONTRIBUTING.md. Paths are relative to the folder that holds `src`. Imports of types
 * count like any other.
 */
const forbidden: IForbiddenRuleType[] = [
  only('model-imports-nothing', '^src/core/model/', '^src/core/model/'),
  only(
    'decode-imports-model',
    '^src/core/decode/',
    '^src/core/(model|decode)/',
    `^${pureBuiltins}`,
    packages('pkijs', 'asn1js')
  ),
  only(
    'match-imports-decode-and-model',
    '^src/core/match/',
    '^src/core/(model|decode|match)/',
    `^${pureBuiltins}`,
    packages('tldts')
  ),
  only('checks-import-match-and-below', '^src/core/checks/', '^src/core/(model|decode|match|checks)/'),
  only('path-imports-checks-and-below', '^src/core/path/', '^src/core/(model|decode|match|checks|path)/'),
  only('request-imports-match-and-below', '^src/core/request/', '^src/core/(model|decode|match|request)/'),
  only('constraints-import-match-and-below', '^src/core/constraints/', '^src/core/(model|decode|match|constraints)/'),
  only(
    'explain-imports-path-and-below',
    '^src/core/explain/',
    '^src/core/(model|decode|match|checks|path|request|write|explain)/'
  ),
  only('chain-imports-match-and-below', '^src/core/chain/', '^src/core/(model|decode|match|chain)/'),
  only('write-imports-decode-and-model', '^src/core/write/', '^src/core/(model|decode|write)/'),
  only(
    'inspect-imports-match-and-below',
    '^src/core/inspect/',
    '^src/core/(model|decode|match|inspect)/',
    `^${pureBuiltins}`
  ),
  only('core-imports-core', '^src/core/[^/]+$', '^src/core/'),
  never(
    'checks-stand-alone',
    { path: '^src/core/checks/[^/]+$', pathNot: '^src/core/checks/(index|check)\\.ts$' },
    { path: '^src/core/checks/', pathNot: '^src/core/checks/check\\.ts$' }
  ),
  never(
    'check-folders-stand-alone',
    { path: '^src/core/checks/([^/]+)/' },
    { path: '^src/core/checks/', pathNot: '^src/core/checks/($1/|check\\.ts$)' }
  ),
  never(
    'trust-imports-readers-and-model',
    { path: '^src/trust/' },
    { path: '^src/(?!trust/|core/(constraints|decode|model)/)' }
  ),
  never('net-imports-decode-and-model', { path: '^src/net/' }, { path: '^src/(?!net/|core/(decode|model)/)' }),
  only(
    'keep-imports-the-ports',
    '^src/keep/',
    '^src/keep/',
    '^src/core/model/',
    '^src/(trust|net)/keeping\\.ts$',
    '^(node:)?(sqlite|fs|path|url|crypto|timers/promises)$',
    packages('pg', '@types/pg')
  ),
  never('keep-is-opened-by-the-process', { pathNot: '^src/(keep/|[^/]+$)' }, { path: '^src/keep/' }),
  never(
    'databases-only-in-keep',
    { pathNot: '^src/keep/' },
    { path: ['^(node:)?sqlite$', packages('pg', 'pg-pool', '@types/pg')] }
  ),
  // That of `http` is the list of methods that a server refuses.
  never(
    'one-way-out',
    { pathNot: '^src/(net/(exchange|resolve|probe/look-up-process)|http/failures)\\.ts$' },
    { path: '^(node:)?(http|https|http2|dns|dns/promises|dgram)$' }
  ),
  // It runs where Node.js may not be, and holds to the description alone.
  only('client-stands-alone', '^src/client/', '^src/client/', '^openapi/types\\.d\\.ts$'),
  never('client-is-for-others', { pathNot: '^src/(client|page)/' }, { path: '^src/client/' }),
  // It runs in a browser, which is given these alone.
  only(
    'page-imports-what-browsers-get',
    '^src/page/',
    '^src/(page|client)/',
    '^src/core/model/printable\\.ts$',
    '^openapi/types\\.d\\.ts$'
  ),
  never('page-is-for-browsers', { pathNot: '^src/page/' }, { path: '^src/page/' }),
  never('service-knows-no-edge', { path: '^src/service/' }, { path: '^src/(http|cli|client|serving)/|^src/[^/]+$' }),
  never(
    'cli-needs-no-http',
    { path: '^src/cli/' },
    { path: ['^src/(http|serving|keep|client)/', packages('fastify', '@fastify/[^/]+')] }
  ),
  never(
    'http-reaches-the-core-through-service',
    { path: '^src/http/' },
    { path: '^src/(?!http/|service/|core/model/|(version|package-file)\\.ts$)' }
  ),
  never('entry-points-are-not-imported', { pathNot: '^src/[^/]+$' }, { path: '^src/(main|server|index)\\.ts$' }),
  {
    name: 'library-has-no-edge',
    severity: 'error',
    from: { path: '^src/index\\.ts$' },
    to: {
      path: [
        '^src/(http|cli|client|net|trust|keep)/',
        packages('fastify', '@fastify/[^/]+', 'pino'),
        '^(node:)?(fs|net|http|https|http2|tls|dns|dgram|child_process|worker_threads|process)(/|$)'
      ],
      reachable: true
    }
  },
  never('serving-opens-nothing', { path: '^src/serving/' }, { path: '^src/(cli|client|keep)/' }),
  never('no-cycles', {}, { circular: true }),
  never('nothing-unresolved', {}, { couldNotResolve: true }),
  never(
    'product-needs-only-its-dependencies',
    { path: '^src/' },
    { dependencyTypes: ['npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] }
  )
]

export interface ImportReport {
  /** The files of `src` that were read, sorted. */
  readonly modules: readonly string[]
  /** How many imports were seen in them. */
  readonly imports: number
  /** One line for each broken rule: `rule: from -> to`, sorted. */
  readonly violations: readonly string[]
}

/** Reads the imports of `src` below `folder` and holds them against the floors. */
export async function readImports(folder: string): Promise<ImportReport> {
  const ruleSet: IFlattenedRuleSet = { forbidden }
  const { output } = await cruise(['src'], {
    baseDir: folder,
    ruleSet,
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types']
    }
  })
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text instead of its result')
  const own = output.modules.filter(({ source }) => source.startsWith('src/'))
  return {
    modules: own.map(({ source }) => source).sort(),
    imports: own.reduce((sum, { dependencies }) => sum + dependencies.length, 0),
    violations: output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${short(to)}`).sort()
  }
}

/** The name of a package in place of the path to its files. */
function short(path: string): string {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? path
}
