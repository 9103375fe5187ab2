/**
 * How often V8 has a function run, about, before it makes the fastest code of it that it can. It has 3,000 by itself, as suits a page that is
 * closed before long, and counts as one run as many octets as a function has: one that mostly returns early, as most checks of a valid
 * certificate do, had been called 16,000 times by then. Requests that come one a second would wait for hours.
 */
const runs = 1_000

/**
 * How often V8 tidies up its heap when a process has had nothing to do for some seconds. It does so twice by itself, and throws away all code
 * that was made for objects of which there are none at that moment, which are most that a request consists of: the first thousand
 * requests after a pause cost four times as much as those before it.
 */
const tidyings = 0

/** Has V8 make fast code of this process sooner, and keep it. To be called once it serves: what runs at the start alone is not worth it. */
export const keepCodeFast = (): void => {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  setFlagsFromString(`--invocation-count-for-turbofan=${runs}`)
  setFlagsFromString(`--memory-reducer-gc-count=${tidyings}`)
}
