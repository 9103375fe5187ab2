import type { Fetching } from '../net/fetching.ts'
import type { Gathering } from '../net/gathering.ts'
import { Notes } from '../service/lanes/notes.ts'
import { type PortableWant, packGathered, unpackWant } from '../service/lanes/portable-evidence.ts'
import type { RoundReply } from './protocol.ts'

/** Bytes of fetched CRLs that each serving process keeps at hand. */
const noteBytes = 134_217_728

/** Gathers for validations in other processes: what is fetched is fetched once, whichever of them wants it. */
export class Gatherings {
  readonly #fetching: Fetching
  readonly #notes = new Notes(noteBytes)
  /** By process and the number that it gave. */
  readonly #open = new WeakMap<object, Map<number, Gathering>>()

  constructor(fetching: Fetching) {
    this.#fetching = fetching
  }

  async round(process: object, id: number, wants: readonly PortableWant[]): Promise<RoundReply> {
    const open = this.#open.get(process) ?? new Map<number, Gathering>()
    this.#open.set(process, open)
    const gathering = open.get(id) ?? this.#fetching.gathering()
    open.set(id, gathering)
    const news = await gathering.round(wants.map(unpackWant))
    const { gathered, reports } = gathering
    return {
      news,
      notes: this.#notes.for(process, [], gathered),
      gathered: packGathered(gathered, (crl) => this.#notes.idOf(crl)),
      reports
    }
  }

  end(process: object, id: number): void {
    this.#open.get(process)?.delete(id)
  }
}
