/** Requests that begin together. With more, those that came first would wait for longer than it spares them. */
const mostTogether = 16

/** Those that have come, the first first: of this process, as its event loop is. */
const waiting: (() => void)[] = []

/**
 * Settles once everything that came in this turn of the event loop is read, or as many requests as may begin together: from there they go
 * through the same steps side by side (decision 25). Nothing is read any further while a full round is worked on, so no more than that ever wait.
 */
export const nextRound = (): Promise<void> =>
  new Promise((begin) => {
    if (waiting.push(begin) === 1) setImmediate(beginRound)
    else if (waiting.length === mostTogether) beginRound()
  })

const beginRound = (): void => {
  for (const begin of waiting.splice(0)) begin()
}
