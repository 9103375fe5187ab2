import { setTimeout as elapsed, setImmediate as turn } from 'node:timers/promises'

/** Milliseconds in which no connection comes, after which none is expected: clients pause before they ask again. */
const quietTime = 50
/** Milliseconds that the last turn of the event loop may have taken: what is connected after its look at the sockets is lost when they are closed. */
const shortTurn = 1

/**
 * Resolves when no more connections come, at the latest after `milliseconds`, and then as soon after a look at the sockets that has found
 * none as can be: who listens no more resets what the system has taken for him since. A look takes one connection at most. To be called
 * while answers are held back, so that clients that come again and again pause. `taken` is how many connections have been taken so far.
 */
export const whenNoMoreCome = async (taken: () => number, milliseconds: number): Promise<void> => {
  const end = performance.now() + milliseconds
  for (let before = -1; taken() !== before && performance.now() < end; ) {
    before = taken()
    await elapsed(Math.min(quietTime, end - performance.now()))
  }
  let begun: number
  let before: number
  do {
    begun = performance.now()
    before = taken()
    await turn()
  } while ((taken() !== before || performance.now() - begun >= shortTurn) && performance.now() < end)
}
