import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('./findings/', import.meta.url)

/** What was found in a run: each is told at once, and its input kept in `fuzz/findings`. */
export class Findings {
  #count = 0

  get count(): number {
    return this.#count
  }

  add(name: string, input: string | Uint8Array, what: string): void {
    this.#count++
    mkdirSync(folder, { recursive: true })
    const hash = createHash('sha256').update(input).digest('hex').slice(0, 16)
    const file = fileURLToPath(new URL(`${name}-${hash}`, folder))
    writeFileSync(file, input)
    process.stdout.write(`FOUND by ${name}: ${what}\n  ${file}\n`)
  }
}
