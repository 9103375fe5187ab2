import { defineConfig } from 'vitest/config'

/** Where to write the results as JSON, besides showing them. */
const report = process.env['VIDIMUS_TEST_REPORT']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/project/fixtures/**'],
    // The tests run the built files as Node itself loads them, never a copy that the test runner transformed.
    server: { deps: { external: [/\/dist\//] } },
    // A bound, not a measure: many tests start processes, and machines are shared.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]]
  }
})
