/**
 * Work in stages, which yields nothing between them: whoever goes through it may go through the same stage of other work before the next
 * one. What comes of it does not depend on that.
 */
export type Stages<T> = Generator<undefined, T, undefined>

/** Goes through all stages at once. */
export const finished = <T>(stages: Stages<T>): T => {
  for (;;) {
    const stage = stages.next()
    if (stage.done === true) return stage.value
  }
}
