/** A part of a form as it stands in the body: octets of a file, or those of a text. */
export interface RawPart {
  readonly name: string
  /** Undefined where the part is no file; empty where it is one without a name. */
  readonly fileName: string | undefined
  readonly octets: Uint8Array
}

/** Hundreds of times what browsers write; without a bound, a header is as large as the body. */
const longestHeader = 16_384

/**
 * The parts of `multipart/form-data` (RFC 7578, RFC 2046 §5.1.1), found in one pass and no more than `most`; undefined where
 * the octets are no such form: they begin with a boundary, each part names its field, and the last boundary ends it.
 * What comes after that is ignored (the epilogue).
 *
 * The parser of `Response#formData` takes a second for 8 MiB that nearly end a part again and again.
 */
export const formParts = (
  octets: Buffer,
  boundary: string,
  most: number
): readonly RawPart[] | 'too-many' | undefined => {
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const opening = delimiter.subarray(2)
  if (!octets.subarray(0, opening.length).equals(opening)) return undefined
  const parts: RawPart[] = []
  let at = opening.length
  while (octets.toString('latin1', at, at + 2) !== '--') {
    if (octets.toString('latin1', at, at + 2) !== '\r\n') return undefined
    if (parts.length === most) return 'too-many'
    const start = endOfHeader(octets, at)
    if (start === undefined) return undefined
    const end = octets.indexOf(delimiter, start)
    if (end < 0) return undefined
    const field = fieldOf(octets.toString('utf8', at, start))
    if (field === undefined) return undefined
    parts.push({ ...field, octets: Uint8Array.from(octets.subarray(start, end)) })
    at = end + delimiter.length
  }
  return parts
}

/** Where a part's contents begin, whose header begins with a line end at `at`. */
const endOfHeader = (octets: Buffer, at: number): number | undefined => {
  const end = octets.subarray(at, at + longestHeader).indexOf('\r\n\r\n')
  return end < 0 ? undefined : at + end + 4
}

const disposition = /^content-disposition:[ \t]*form-data[ \t]*;/i
const nameParameter = /;[ \t]*name="([^"]*)"/i
const fileNameParameter = /;[ \t]*filename(?:="([^"]*)"|\*=)/i

/** RFC 7578 §4.2: the field's name, and that of the file. */
const fieldOf = (header: string): Pick<RawPart, 'name' | 'fileName'> | undefined => {
  const line = header.split('\r\n').find((each) => disposition.test(each))
  const name = line === undefined ? undefined : nameParameter.exec(line)?.[1]
  if (line === undefined || name === undefined) return undefined
  const file = fileNameParameter.exec(line)
  return { name: unescaped(name), fileName: file === null ? undefined : (file[1] ?? '*') }
}

/** As browsers escape what would end the name. */
const unescaped = (name: string): string => name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')
