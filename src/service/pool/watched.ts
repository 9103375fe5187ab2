import { Worker } from 'node:worker_threads'

/**
 * Whoever is the parent now has adopted this process. It is text since it runs by itself, and needs nothing that would have to be
 * found where the service is bundled.
 */
const watching = `
  const { workerData } = require('node:worker_threads')
  setInterval(() => {
    if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL')
  }, 1000)
`

/** Mebibytes of objects that the thread may have: it has none of its own. */
const heap = 16

/**
 * Ends this process when the one that started it is gone, also where its main thread is in a loop and hears of nothing: a thread
 * looks every second. It costs 10 MiB and, once, 50 ms of computing beside the main thread.
 */
export const endWithParent = (): void => {
  const thread = new Worker(watching, {
    eval: true,
    workerData: process.ppid,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 1 }
  })
  thread.unref()
  // Without it, this process ends when its main thread hears that nobody is left, as it mostly does.
  thread.on('error', () => undefined)
}
