import type { AddressInfo } from 'node:net'

/** The address of a listening server as people open it. */
export const addressText = (address: AddressInfo | string | null): string => {
  if (address === null || typeof address === 'string') return String(address)
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${host}:${address.port}`
}
