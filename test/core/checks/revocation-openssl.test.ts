import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { revocation } from '#dist/core/checks/revocation.js'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import { createVerifier } from '#dist/core/match/key/signature.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import type { Crl } from '#dist/core/model/crl.js'
import type { Finding } from '#dist/core/model/finding.js'
import { describeWith } from '../../support/engines.ts'
import { findingsOf } from '../../support/findings.ts'
import { anchoredPath, plainContext } from '../../support/plain-certificate.ts'

const configuration = (folder: string): string => `
[ca]
default_ca = test
[test]
dir = ${folder}
database = ${folder}/index.txt
serial = ${folder}/serial
crlnumber = ${folder}/crlnumber
new_certs_dir = ${folder}
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
default_md = sha256
default_days = 30
default_crl_days = 7
policy = names
crl_extensions = crl
[plain]
database = ${folder}/index.txt
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
default_md = sha256
default_crl_days = 7
[names]
commonName = supplied
[crl]
authorityKeyIdentifier = keyid
`

/** CRLs as people make them: `openssl ca` with its index file. */
describeWith('openssl', 'revocation by CRLs of OpenSSL', () => {
  let folder = ''
  const run = (...parameters: readonly string[]): void => {
    execFileSync('openssl', parameters, { cwd: folder, stdio: 'ignore' })
  }
  const ca = (...parameters: readonly string[]): void => run('ca', '-batch', '-config', 'ca.cnf', ...parameters)
  const der = (name: string): Buffer =>
    Buffer.from(
      readFileSync(join(folder, name), 'utf8').replaceAll(/[\s\S]*-----BEGIN [^-]+-----|-----END[\s\S]*/g, ''),
      'base64'
    )

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vidimus-crl-'))
    writeFileSync(join(folder, 'ca.cnf'), configuration(folder))
    writeFileSync(join(folder, 'index.txt'), '')
    writeFileSync(join(folder, 'serial'), '00FEDCBA9876543210\n')
    writeFileSync(join(folder, 'crlnumber'), '1000\n')
    run(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=OpenSSL CA',
      '-days',
      '30'
    )
    for (const name of ['good', 'bad']) {
      run(
        'req',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        '-subj',
        `/CN=${name}`
      )
      ca('-in', `${name}.csr`, '-out', `${name}.pem`)
    }
    ca('-revoke', 'bad.pem', '-crl_reason', 'keyCompromise')
    ca('-gencrl', '-out', 'crl.pem')
    ca('-name', 'plain', '-gencrl', '-out', 'plain.pem')
  }, 30_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const certificate = (name: string): Certificate => {
    const decoded = readCertificate(der(`${name}.pem`))
    if (!decoded.ok) throw new Error(decoded.reason)
    return decoded.value
  }
  const crl = (name: string): Crl => {
    const decoded = readCrl(der(`${name}.pem`))
    if (!decoded.ok) throw new Error(decoded.reason)
    return decoded.value
  }
  const judge = (name: string, list: string): readonly Finding[] => {
    const now = Math.floor(Date.now() / 1000)
    const context = plainContext({ time: now, revocation: { mode: 'require', scope: 'chain', maxAge: undefined } })
    const crls = [{ crl: crl(list), source: 'crls[0]' }]
    const path = anchoredPath(certificate(name), certificate('ca'))
    return findingsOf(revocation, path, { ...context, crls, verify: createVerifier(context.budget) })
  }

  it('accepts what is not listed, and rejects what is, with its reason', () => {
    expect(crl('crl').faults).toEqual([])
    expect(judge('good', 'crl')).toEqual([])
    expect(judge('bad', 'crl')).toMatchObject([
      { code: 'revoked', certificate: 0, severity: 'error', details: { reason: 'keyCompromise', source: 'crls[0]' } }
    ])
  })

  it('does so with a CRL that has no extensions of its own', () => {
    expect(crl('plain').extensions).toEqual([])
    expect(judge('good', 'plain')).toEqual([])
    expect(judge('bad', 'plain')).toMatchObject([{ code: 'revoked', details: { reason: 'keyCompromise' } }])
  })
})
