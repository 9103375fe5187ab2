// Mutation testing: changes the core's judgements one at a time and asks whether a test notices. `npm run test:mutation`.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/core/{checks,constraints,match,path}/**/*.ts', 'src/core/model/anchor-constraints.ts'],
  // The tests run `dist`, so each sandbox builds the mutated sources before it tests them.
  buildCommand: 'tsc -p tsconfig.build.json',
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  // `related` looks for tests by the imports of sources, but the tests import `dist`.
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['dist', 'coverage', 'reports', 'docs'],
  reporters: ['progress', 'clear-text', 'html', 'json'],
  // The run fails below `break`: the mutants that no test notices are then more than code that makes no difference.
  thresholds: { high: 95, low: 90, break: 85 },
  tempDirName: '.stryker-tmp',
  timeoutMS: 20_000,
  concurrency: 2
}
