import { Problem } from '../problem.ts'
import { formParts } from './form-parts.ts'

/** The parts of a form, in their order; what came as a file is octets. */
export type FormPart = { readonly name: string; readonly value: string | Uint8Array }

/** Reads `multipart/form-data` (RFC 7578). `contentType` is the header field, which has the boundary. */
export const parseForm = (octets: Uint8Array, contentType: string, maxParts: number): readonly FormPart[] => {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined) {
    throw new Problem('body-malformed', 'The content type of the form has no valid boundary.')
  }
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  const parts = formParts(buffer, boundary, maxParts)
  if (parts === 'too-many') throw new Problem('body-too-large', `A form may have ${maxParts} parts at most.`)
  if (parts === undefined) {
    throw new Problem('body-malformed', 'The body is not a form in parts, as its content type says.')
  }
  return parts.flatMap((part): readonly FormPart[] => {
    if (part.fileName === undefined) return [{ name: part.name, value: Buffer.from(part.octets).toString() }]
    // A browser sends a file without name or contents where none was chosen.
    return part.fileName === '' && part.octets.length === 0 ? [] : [{ name: part.name, value: part.octets }]
  })
}

/** RFC 2046 §5.1.1: 1 to 70 characters. */
const boundaryOf = (contentType: string): string | undefined =>
  /;[ \t]*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+.-]{1,70}))[ \t]*(?:;|$)/i
    .exec(contentType)
    ?.slice(1)
    .find((group) => group !== undefined)
