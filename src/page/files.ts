import { pemText } from './pem.ts'

/** Octets of a file that is read at most: more than the service takes, and little enough for a browser to show. */
const most = 8 * 1024 * 1024

/** What files hold as PEM text, one after another. A file that cannot be taken is a sentence that says so. */
export const textOfFiles = async (
  files: readonly File[],
  label?: string
): Promise<{ readonly text: string; readonly refused: readonly string[] }> => {
  const texts: string[] = []
  const refused: string[] = []
  for (const file of files) {
    if (file.size > most) refused.push(`${file.name} is larger than 8 MiB.`)
    else if (file.size === 0) refused.push(`${file.name} is empty.`)
    else
      try {
        texts.push(textOf(new Uint8Array(await file.arrayBuffer()), label))
      } catch {
        refused.push(`${file.name} cannot be read.`)
      }
  }
  return { text: texts.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join(''), refused }
}

/** Text as it is, whatever its encoding; DER as PEM. */
const textOf = (octets: Uint8Array, label: string | undefined): string => {
  if (octets[0] === 0xff && octets[1] === 0xfe) return new TextDecoder('utf-16le').decode(octets)
  if (octets[0] === 0xfe && octets[1] === 0xff) return new TextDecoder('utf-16be').decode(octets)
  // A SEQUENCE of a length that takes more than one octet, as of all that comes in such files: no text has that.
  if (octets[0] === 0x30 && (octets[1] ?? 0) > 0x7f) return pemText(octets, label)
  return new TextDecoder().decode(octets)
}
