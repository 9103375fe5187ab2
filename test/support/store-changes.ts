import type { StoreChange, StoreContent } from '#dist/trust/keeping.js'

/** A content that differs for each `seed`; `size` is the length of its only certificate. */
export const contentOf = (seed: number, size = 300): StoreContent => ({
  certificates: [Uint8Array.from({ length: size }, (_, at) => (seed * 31 + at * 7) % 256)],
  crls: [Uint8Array.of(48, seed % 256)],
  constraints: seed % 2 === 0 ? undefined : JSON.stringify({ seed, text: 'Grüße' })
})

/** A change that makes `name` hold `content`, by a writer that saw version `seen`. */
export const replacing = (name: string, seen: number, content: StoreContent = contentOf(seen)): StoreChange => ({
  name,
  seen,
  at: 1_700_000_000 + seen,
  by: 'ops',
  action: 'replace',
  fromDigest: seen === 0 ? null : `digest-${seen}`,
  digest: `digest-${seen + 1}`,
  content
})

/** A change that deletes `name`. */
export const deleting = (name: string, seen: number): StoreChange => ({
  ...replacing(name, seen),
  action: 'delete',
  digest: null,
  content: undefined
})
