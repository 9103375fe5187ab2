/** The oldest Node.js with what vidimus needs: ML-DSA and SLH-DSA in `node:crypto`, from OpenSSL 3.5. */
export const minimumNode = '24.7.0'

/** Whether `version`, such as `20.20.2` or `v26.10.0`, is `minimumNode` or later. What cannot be read is not. */
export function isSupportedNode(version: string): boolean {
  const parts = /^v?(\d{1,6})\.(\d{1,6})\./.exec(version)
  if (parts === null) return false
  const major = Number(parts[1])
  const minor = Number(parts[2])
  return major > 24 || (major === 24 && minor >= 7)
}

/** What to tell a person whose Node.js is too old: the version found, the one needed, and the cure. */
export function unsupportedNodeMessage(version: string): string {
  return [
    `vidimus needs Node.js ${minimumNode} or later; this is Node.js ${version.replace(/^v/, '')}.`,
    'In a checkout, "npm ci && npm start" brings a Node.js of its own and runs vidimus with it.',
    'Elsewhere, install a current Node.js from https://nodejs.org/ and start vidimus again.'
  ].join('\n')
}

/**
 * Ends the process with status 1 and a message on standard error when Node.js is too old to run vidimus.
 *
 * An entry point calls this before anything else, and imports no file that uses a module of Node.js, or what Node.js 20 has not, when it
 * is loaded: in an old Node.js that would fail before this could speak. All else comes with `import()`, or with `loadServer`. This file
 * keeps to what Node.js 20 can parse and has.
 */
export function requireSupportedNode(version: string = process.versions.node): void {
  if (isSupportedNode(version)) return
  process.stderr.write(`${unsupportedNodeMessage(version)}\n`)
  process.exit(1)
}
