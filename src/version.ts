import { createRequire } from 'node:module'

/** The manifest lies one folder above `dist`, in a checkout as in an installed package. */
const manifest: unknown = createRequire(import.meta.url)('../package.json')

/** The version of vidimus, as `package.json` says it. */
export const version: string = readVersion(manifest)

function readVersion(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'string') {
    return value.version
  }
  throw new Error('The package.json of vidimus names no version')
}
