import base from './vitest.config.ts'

/**
 * Mutation testing asks the tests of the parts that judge, which are fast enough to run thousands of times. Those of the
 * decoders run none of the code that it changes.
 */
export default {
  ...base,
  test: {
    ...base.test,
    include: ['test/core/{checks,constraints,match,path}/**/*.test.ts', 'test/core/model/anchor-constraints.test.ts']
  }
}
