import { Problem } from '../problem.ts'

/** The parts of a form, in their order; what came as a file is octets. */
export type FormPart = { readonly name: string; readonly value: string | Uint8Array }

/** Reads `multipart/form-data` (RFC 7578). `contentType` is the header field, which has the boundary. */
export const parseForm = async (
  octets: Uint8Array,
  contentType: string,
  maxParts: number
): Promise<readonly FormPart[]> => {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined) {
    throw new Problem('body-malformed', 'The content type of the form has no valid boundary.')
  }
  if (countOf(octets, `--${boundary}`, maxParts + 1) > maxParts + 1) {
    throw new Problem('body-too-large', `A form may have ${maxParts} parts at most.`)
  }
  const form = await formOf(octets, boundary)
  const parts: FormPart[] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') parts.push({ name, value })
    // A browser sends a file without name or contents where none was chosen.
    else if (value.name !== '' || value.size > 0) parts.push({ name, value: new Uint8Array(await value.arrayBuffer()) })
  }
  return parts
}

/** RFC 2046 §5.1.1: 1 to 70 characters. */
const boundaryOf = (contentType: string): string | undefined =>
  /;[ \t]*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+.-]{1,70}))[ \t]*(?:;|$)/i
    .exec(contentType)
    ?.slice(1)
    .find((group) => group !== undefined)

const countOf = (octets: Uint8Array, text: string, enough: number): number => {
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  let count = 0
  for (let at = buffer.indexOf(text); at >= 0 && count <= enough; at = buffer.indexOf(text, at + text.length))
    count += 1
  return count
}

const formOf = async (octets: Uint8Array, boundary: string): Promise<FormData> => {
  const headers = { 'content-type': `multipart/form-data; boundary="${boundary}"` }
  try {
    return await new Response(Buffer.from(octets), { headers }).formData()
  } catch {
    throw new Problem('body-malformed', 'The body is not a form in parts, as its content type says.')
  }
}
