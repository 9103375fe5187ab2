import { setImmediate as turn } from 'node:timers/promises'

/** Milliseconds of work after which others have their turn. */
const slice = 5

/** Takes `steps` to their end, and lets the rest of the process go on in between. */
export const gradually = async <T>(steps: Iterator<unknown, T>): Promise<T> => {
  for (let began = performance.now(); ; ) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - began < slice) continue
    await turn()
    began = performance.now()
  }
}
