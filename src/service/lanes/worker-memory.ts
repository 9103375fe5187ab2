import type { MaterialField, ReadField } from '../../core/model/read-field.ts'
import { Memory } from '../memory/memory.ts'
import type { Knowledge } from './knowledge.ts'

/** What a worker remembers between validations: what was read of the texts that it was told of, too. */
export class WorkerMemory extends Memory {
  readonly #knowledge: Knowledge

  constructor(maxBytes: number, knowledge: Knowledge) {
    super(maxBytes)
    this.#knowledge = knowledge
  }

  fieldsOf(text: string): Map<MaterialField, ReadField> | undefined {
    return this.#knowledge.fieldsOf(text)
  }
}
