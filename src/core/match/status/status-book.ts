import type { Certificate } from '../../model/certificate.ts'
import type { RevocationStatus, StatusBook } from '../../model/revocation.ts'

/** A new book of statuses, for one request. */
export const statusBook = (): StatusBook => new Book()

/** Most requests ask for no status: it is made when the first is kept. */
class Book implements StatusBook {
  #byPath: Map<object, Map<number, RevocationStatus>> | undefined
  #wanted: Map<string, Certificate> | undefined

  get(path: object, at: number): RevocationStatus | undefined {
    return this.#byPath?.get(path)?.get(at)
  }

  keep(path: object, at: number, status: RevocationStatus): void {
    this.#byPath ??= new Map()
    const known = this.#byPath.get(path)
    if (known === undefined) this.#byPath.set(path, new Map([[at, status]]))
    else known.set(at, status)
  }

  want(certificate: Certificate): void {
    this.#wanted ??= new Map()
    this.#wanted.set(certificate.fingerprint, certificate)
  }

  get wanted(): readonly Certificate[] {
    return [...(this.#wanted?.values() ?? [])]
  }
}
