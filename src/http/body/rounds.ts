/** Requests that begin together. With more, those that came first would wait for longer than it spares them. */
const mostTogether = 16

/** Milliseconds after the first has come from which on nobody is waited for. */
const longestWait = 1

/** Those that have come, the first first: of this process, as its event loop is. */
const waiting: (() => void)[] = []
/** When the first of them came, how many they were at the last look at them, and whether there will be another. */
let [since, seen, looking] = [0, 0, false]

/**
 * Settles once everything that has come is read, or as many requests as may begin together: from there they go through the same
 * steps side by side (decision 25). Nothing is read any further while a full round is worked on, so no more than that ever wait.
 */
export const nextRound = (): Promise<void> =>
  new Promise((begin) => {
    const count = waiting.push(begin)
    if (count === 1) {
      since = performance.now()
      lookSoon()
    } else if (count === mostTogether) {
      beginRound()
    }
  })

const lookSoon = (): void => {
  if (!looking) setImmediate(look)
  looking = true
}

/** Reading takes time, in which more may have come: the sockets are looked at once more as long as that is short, and brings another. */
const look = (): void => {
  looking = false
  if (waiting.length > seen && performance.now() - since < longestWait) {
    seen = waiting.length
    lookSoon()
  } else {
    beginRound()
  }
}

const beginRound = (): void => {
  seen = 0
  for (const begin of waiting.splice(0)) begin()
}
