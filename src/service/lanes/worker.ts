import { makeCodeFastSooner } from '../hot-code.ts'
import { serveWork } from '../pool/serve-work.ts'
import type { Job, JobResult, Note } from './job.ts'
import { Knowledge } from './knowledge.ts'
import { resultOf } from './result.ts'
import { WorkerMemory } from './worker-memory.ts'

/** The worker process of the service: knows what it was told, and does one job after another. */

const [memoryBytes = '0'] = process.argv.slice(2)
const knowledge = new Knowledge()
const memory = memoryBytes === '0' ? undefined : new WorkerMemory(Number(memoryBytes), knowledge)

serveWork<Job, Note, JobResult>({
  note: (note) => knowledge.take(note),
  work: (job) => resultOf(job, knowledge, memory)
})
makeCodeFastSooner()
