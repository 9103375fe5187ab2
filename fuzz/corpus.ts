import { readdirSync, readFileSync } from 'node:fs'

/** An input that told something once, and is tried again at the start of every run. */
export interface CorpusFile {
  /** The target that it is for. */
  readonly target: string
  readonly file: string
  readonly input: Uint8Array
}

const folder = new URL('./corpus/', import.meta.url)

/** The files of `fuzz/corpus`, named `TARGET-WHAT`. */
export const readCorpus = (): readonly CorpusFile[] =>
  readdirSync(folder)
    .sort()
    .map((file) => ({ target: file.split('-')[0] ?? '', file, input: readFileSync(new URL(file, folder)) }))
