import { Memory } from '../memory/memory.ts'
import { serveWork } from '../pool/serve-work.ts'
import type { Job, JobResult, Note } from './job.ts'
import { Knowledge } from './knowledge.ts'
import { resultOf } from './result.ts'

/** The worker process of the service: knows what it was told, and does one job after another. */

const [memoryBytes = '0'] = process.argv.slice(2)
const memory = memoryBytes === '0' ? undefined : new Memory(Number(memoryBytes))
const knowledge = new Knowledge()

serveWork<Job, Note, JobResult>({
  note: (note) => knowledge.take(note),
  work: (job) => resultOf(job, knowledge, memory)
})
