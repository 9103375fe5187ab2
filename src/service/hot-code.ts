/**
 * How often V8 has a function run, about, before it makes the fastest code of it that it can. It has 3,000 by itself, as suits a page that is
 * closed before long, and counts as one run as many octets as a function has: one that mostly returns early, as most checks of a valid
 * certificate do, had been called 16,000 times by then. Requests that come one a second would wait for hours.
 */
const runs = 1_000

/** Has V8 make fast code of this process sooner. To be called once it works: what runs at the start alone is not worth it. */
export const makeCodeFastSooner = (): void => setFlag(`--invocation-count-for-turbofan=${runs}`)

/**
 * The same, and has V8 keep that code, for processes that serve. V8 tidies up the heap of a process that has had nothing to do for half a
 * minute, twice, and throws away all code that was made for objects of which there are none at that moment, which are most that a
 * request consists of: the thousand requests after a pause cost four times as much as those before it.
 */
export const keepCodeFast = (): void => {
  makeCodeFastSooner()
  setFlag('--memory-reducer-gc-count=0')
}

const setFlag = (flag: string): void => process.getBuiltinModule('node:v8').setFlagsFromString(flag)
