import base from './vitest.config.ts'

/** The fault tests at their full size, one after the other: each tells its figures, which others beside it would spoil. */
export default {
  ...base,
  test: {
    ...base.test,
    include: ['test/faults/**/*.test.ts', 'test/planted-key.test.ts'],
    env: { VIDIMUS_FAULTS: 'full' },
    testTimeout: 900_000,
    fileParallelism: false,
    disableConsoleIntercept: true
  }
}
