// Writes src/trust/mozilla-constraints.ts: what Mozilla's root program says of the roots that Node.js brings along. See docs/releasing.md.
//
//   node scripts/mozilla-constraints.mjs FOLDER    FOLDER is that of the Go module golang.org/x/crypto/x509roots/fallback

import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { getCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node scripts/mozilla-constraints.mjs FOLDER')
const version = /@(v[\w.-]+)$/.exec(basename(resolve(folder)))?.[1]
if (version === undefined) throw new Error(`${folder} is not named after a version of the module`)

/**
 * Roots that the module leaves out although Mozilla trusts them, for they have limits of a kind that it does not know. That of
 * this one stands in NSS (lib/certdb/genname.c), and in the crate webpki-roots.
 */
const limitedByName = new Map([
  [
    '46edc3689046d53a453fb3104ab80dcaec658b2660ea1629dd7e867990648716',
    { nameConstraints: { permitted: [{ type: 'dns', value: '.tr' }] } }
  ]
])

/** The module's list: a fingerprint for each root that is trusted for servers, and after it perhaps a date. */
const source = readFileSync(join(folder, 'bundle', 'bundle.go'), 'utf8')
const trusted = new Map()
for (const [entry] of source.matchAll(/\{[^{}]*\}/g)) {
  const fingerprint = /sha256Hash:\s*"([0-9a-f]{64})"/.exec(entry)?.[1]
  if (fingerprint === undefined) throw new Error(`an entry has no fingerprint: ${entry}`)
  const unknown = [...entry.matchAll(/^\s*(\w+):/gm)].find(
    ([, field]) => !['cn', 'sha256Hash', 'certStartOff', 'certLength', 'distrustAfter'].includes(field)
  )
  if (unknown !== undefined) throw new Error(`an entry has a field that is not known here: ${unknown[1]}`)
  trusted.set(fingerprint, /distrustAfter:\s*"([^"]+)"/.exec(entry)?.[1])
}
if (trusted.size < 50) throw new Error(`the module has ${trusted.size} roots only: has its form changed?`)

const constraintsOf = (fingerprint) => {
  const limited = limitedByName.get(fingerprint)
  if (limited !== undefined) return limited
  if (!trusted.has(fingerprint)) return { rejectedPurposes: ['serverAuth'] }
  const distrustAfter = trusted.get(fingerprint)
  return distrustAfter === undefined ? undefined : { distrustAfter }
}

const literal = (value) => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'string') return `'${value.replaceAll(/[\\']/g, '\\$&')}'`
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${literal(each)}`)
    .join(', ')} }`
}

const entries = getCACertificates('bundled')
  .map((pem) => new X509Certificate(pem))
  .map(({ fingerprint256, subject }) => ({
    fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
    name: /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ')
  }))
  .sort((one, other) => (one.fingerprint < other.fingerprint ? -1 : 1))
  .flatMap(({ fingerprint, name }) => {
    const constraints = constraintsOf(fingerprint)
    return constraints === undefined ? [] : [`  // ${name}\n  '${fingerprint}': ${literal(constraints)}`]
  })

const text = `import type { ConstraintsDocument } from '../core/constraints/document.ts'

/**
 * What Mozilla’s root program says of the roots that Node.js ${process.versions.node} brings along, beside the roots themselves: dates after which
 * what they issue is not trusted, names that they are limited to, and that a root is no longer trusted for servers.
 *
 * Facts out of NSS (certdata.txt and genname.c, Mozilla, MPL-2.0) by way of the Go module golang.org/x/crypto/x509roots/fallback
 * ${version} (The Go Authors, BSD-3-Clause). Written by scripts/mozilla-constraints.mjs; do not edit.
 */
export const mozillaConstraints: ConstraintsDocument = {
${entries.join(',\n')}
}
`
const path = fileURLToPath(new URL('../src/trust/mozilla-constraints.ts', import.meta.url))
writeFileSync(path, text)
process.stdout.write(`${path}: ${entries.length} of ${getCACertificates('bundled').length} roots have constraints\n`)
