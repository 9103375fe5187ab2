import type { KeptAnswers } from '../answers/kept-answers.ts'
import type { Figure, Sample } from '../metrics.ts'
import type { KeptCounts, MemoryCounts } from './kept.ts'
import type { Memory } from './memory.ts'

/** What is remembered, by its kind: `certificate`, `issuers` (what stands after the first certificate of a chain), `signature` or `answer`. */
interface Remembered {
  readonly memory: Memory | undefined
  readonly answers: KeptAnswers | undefined
}

const byKind = (samples: Readonly<Record<string, number | undefined>>): readonly Sample[] =>
  Object.entries(samples).flatMap(([kind, value]) => (value === undefined ? [] : [{ labels: { kind }, value }]))

/** What is to be told of what is remembered between requests: of how much use it is, and how much it takes. */
export const memoryFigures = (remembered: () => Remembered): readonly Figure[] => {
  const of = (read: (counts: KeptCounts) => number) => () => {
    const { memory, answers } = remembered()
    return byKind({
      certificate: memory && read(memory.counts.certificates),
      issuers: memory && read(memory.counts.issuers),
      answer: answers && read(answers.counts)
    })
  }
  const ofUse = (read: (counts: MemoryCounts) => number) => () => {
    const { memory } = remembered()
    return [...of(read)(), ...byKind({ signature: memory && read(memory.counts.signatures) })]
  }
  return [
    figure(
      'hits_total',
      'How often what was asked for was remembered, by what it was.',
      ofUse(({ hits }) => hits)
    ),
    figure(
      'misses_total',
      'How often it was not.',
      ofUse(({ misses }) => misses)
    ),
    figure(
      'evictions_total',
      'What was forgotten: for lack of room, or as a trust store had changed.',
      of(({ evicted }) => evicted)
    ),
    figure(
      'entries',
      'How many are remembered; verified signatures belong to their certificates.',
      of(({ entries }) => entries)
    ),
    figure(
      'bytes',
      'Bytes that they are reckoned to take.',
      of(({ bytes }) => bytes)
    )
  ]
}

const figure = (name: string, help: string, read: Figure['read']): Figure => ({
  name: `vidimus_memory_${name}`,
  help,
  type: name.endsWith('_total') ? 'counter' : 'gauge',
  labels: ['kind'],
  read
})
