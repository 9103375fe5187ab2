/** Requests that begin together. With more, those that came first would wait for longer than it spares them. */
const mostTogether = 16

/** Those that have come, the first first: of this process, as its event loop is. */
const waiting: (() => void)[] = []

/**
 * Settles once everything that has come is read, or as many requests as may begin together: from there they go through the same
 * steps side by side (decision 25). Nothing is read any further while a full round is worked on, so no more than that ever wait.
 */
export const nextRound = (): Promise<void> =>
  new Promise((begin) => {
    if (waiting.push(begin) === 1) setImmediate(beginUnlessMoreCame, 0)
    else if (waiting.length === mostTogether) beginRound()
  })

/** Reading takes time, in which more may have come: the sockets are looked at once more for as long as each look brings another. */
const beginUnlessMoreCame = (before: number): void => {
  if (waiting.length > before) setImmediate(beginUnlessMoreCame, waiting.length)
  else beginRound()
}

const beginRound = (): void => {
  for (const begin of waiting.splice(0)) begin()
}
