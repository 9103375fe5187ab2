/**
 * Gives the memory of octets that nobody will read any more back at once. Left to the garbage collector it costs more than the octets
 * did: V8 marks the whole heap whenever some 64 MB of them have come. Octets that share their memory with others keep it.
 */
export const giveBack = ({ buffer, length }: Uint8Array): void => {
  if (buffer instanceof ArrayBuffer && length > 0 && buffer.byteLength === length) buffer.transfer(0)
}
