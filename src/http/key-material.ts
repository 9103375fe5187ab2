/**
 * What may be a private key in texts where none belongs. A key in PEM says what it is; a line of one, or one without its label, is a long run of
 * base64 with letters of both cases, as no host name, OID, fingerprint or UUID has. Where no key belongs, all that looks like one counts.
 */

/** Characters of a line of PEM (RFC 7468 §2). */
const lineLength = 64
/** How much of a text, or of a pointer, is looked at: no more of it is told back. */
const longest = 1_024

/** Whether a text that would be kept or told back may hold a private key, or as much of one in a row as `least` characters of base64. */
export const holdsKey = (text: string, least = lineLength): boolean =>
  text.length >= least &&
  (/PRIVATE KEY/i.test(text) ||
    (text.match(/[A-Za-z0-9+/]{40,4096}/g) ?? []).some((run) => run.length >= least && isKey(run)))

/**
 * Paths in URIs are runs of such characters as well, but of words between slashes. No one sign tells them apart: of lines of base64 one in
 * seventy has no 24 characters without a slash, and one in ten thousand no digit. Two signs of three are missed by one line in 150,000.
 */
const isKey = (run: string): boolean => {
  if (!isMixed(run)) return false
  const signs = [/\d/.test(run), run.split('/').some((part) => part.length >= 24), isIrregular(run.replaceAll('/', ''))]
  return signs.filter((found) => found).length >= 2
}

/** Capitals, small letters and digits that follow each other by chance: most characters are then of another kind than the one before, of words one in five. */
const isIrregular = (text: string): boolean => (text.match(/[a-z]+|[A-Z]+|\d+|\++/g) ?? []).length > 0.28 * text.length

/**
 * The same text without what may be of a private key, to be quoted in a message, and without what nobody reads. An expression
 * for runs without an end needs a stack as deep as the run is long: a name of eight megabytes was an internal error.
 */
export const withoutKeys = (text: string): string => shortened(text, /[A-Za-z0-9+/]{40,}/g)

/** The same for a JSON Pointer, where a slash stands between names, and `~1` for one inside of a name. */
export const pointerWithoutKeys = (pointer: string): string => shortened(pointer, /(?:[A-Za-z0-9+]|~[01]){40,}/g)

const shortened = (text: string, run: RegExp): string => {
  if (text.length < 40) return text
  const plain = text.slice(0, longest).replaceAll(run, elided)
  // What is left at the end may be the beginning of a run, too short to be seen for what it is.
  return text.length > longest ? `${plain.slice(0, -lineLength)}…` : plain
}

const elided = (run: string): string => (isMixed(run) ? '…' : run)
const isMixed = (run: string): boolean => /[a-z]/.test(run) && /[A-Z]/.test(run)
