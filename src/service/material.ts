import type { Material } from '../core/model/request.ts'

/** One file as it came; several as an array in which what is not text stands as base64. */
export const materialOf = (files: readonly (string | Uint8Array)[] | undefined): Material | undefined => {
  const [first] = files ?? []
  if (files === undefined || first === undefined) return undefined
  return files.length === 1 ? first : files.map((file) => (typeof file === 'string' ? file : asText(file)))
}

/**
 * DER is told from text by its control characters: its second octet, or the third, is a length or a tag. Text need not be
 * UTF-8: in PEM, only what stands around the blocks can be anything else.
 */
export const asText = (file: Uint8Array): string => {
  const buffer = Buffer.from(file)
  return control.test(buffer.toString('latin1')) ? buffer.toString('base64') : buffer.toString()
}

const control = /[^\t\n\v\f\r -\u{10ffff}]/u
