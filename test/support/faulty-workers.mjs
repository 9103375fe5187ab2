// Preloaded into the service by tests: has the processes that judge run into faults that no input is known to bring about.
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

/** By the host name of a request. */
const faults = {
  'endless.example.test': () => {
    for (;;);
  },
  'memory.example.test': () => {
    for (const held = []; ; ) held.push(Array.from({ length: 1_000 }, () => ({})))
  }
}

if (process.env.NODE_OPTIONS === undefined) {
  // A process that judges, which gets nothing of the environment. It hears this before it hears of its work.
  process.on('message', ({ job }) => faults[job?.request?.hostname]?.())
} else {
  const { fork } = childProcess
  childProcess.fork = (entry, args, options) =>
    fork(entry, args, { ...options, execArgv: [...options.execArgv, `--import=${import.meta.url}`] })
  syncBuiltinESMExports()
}
