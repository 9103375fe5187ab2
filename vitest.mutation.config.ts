import base from './vitest.config.ts'

/** Mutation testing asks the core's tests alone, which judge data and run fast enough to run thousands of times. */
export default { ...base, test: { ...base.test, include: ['test/core/**/*.test.ts'] } }
