import { hash } from 'node:crypto'

/** What a certificate is known by: the SHA-256 of its DER in lower-case hex. */
export const fingerprintOf = (der: Uint8Array): string => hash('sha256', der, 'hex')
