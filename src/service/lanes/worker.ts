import { validate } from '../../core/validate.ts'
import { Memory } from '../memory/memory.ts'
import { serveWork } from '../pool/serve-work.ts'
import type { Note, ValidationJob, ValidationResult } from './job.ts'
import { Knowledge } from './knowledge.ts'
import { packWant, unpackGathered } from './portable-evidence.ts'

/** The worker process of validations: knows what it was told, and judges one request after another. */

const [memoryBytes = '0'] = process.argv.slice(2)
const memory = memoryBytes === '0' ? undefined : new Memory(Number(memoryBytes))
const knowledge = new Knowledge()

serveWork<ValidationJob, Note, ValidationResult>({
  note: (note) => knowledge.take(note),
  work: ({ request, stores, otherStores, settings, gathered }) => {
    const outcome = validate(
      request,
      stores.map((id) => knowledge.store(id)),
      { ...settings, memory, otherStores: otherStores.map((id) => knowledge.store(id)) },
      gathered && unpackGathered(gathered, (id) => knowledge.crl(id), settings.limits)
    )
    if (outcome.kind === 'refusal') return outcome
    const { verdict, wanted, holds } = outcome
    return { kind: 'verdict', verdict, wanted: wanted?.map(packWant), holds }
  }
})
