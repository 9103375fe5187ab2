import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { encodeOcspRequest } from '#dist/core/decode/ocsp/ocsp-request.js'
import { readOcspResponse } from '#dist/core/decode/ocsp/ocsp-response.js'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationRequest } from '#dist/core/model/request.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { validate } from '#dist/core/validate.js'
import { describeWith } from '../../support/engines.ts'
import { errorsOf, warningsOf } from '../../support/verdicts.ts'

const configuration = (folder: string): string => `
[ca]
default_ca = test
[test]
dir = ${folder}
database = ${folder}/index.txt
serial = ${folder}/serial
new_certs_dir = ${folder}
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
default_md = sha256
default_days = 90
policy = names
copy_extensions = none
[names]
commonName = supplied
[server]
basicConstraints = CA:FALSE
keyUsage = digitalSignature
extendedKeyUsage = serverAuth
[stapling]
keyUsage = digitalSignature
extendedKeyUsage = serverAuth
tlsfeature = status_request
[responder]
keyUsage = digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
[plainresponder]
keyUsage = digitalSignature
extendedKeyUsage = OCSPSigning
`

/** Responses as people make them: `openssl ocsp` with the index file of `openssl ca`. */
describeWith('openssl', 'revocation by responses of OpenSSL’s responder', () => {
  let folder = ''
  const run = (...parameters: readonly string[]): void => {
    execFileSync('openssl', parameters, { cwd: folder, stdio: 'ignore' })
  }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const selfSigned = (name: string, subject: string): void =>
    run(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      `/CN=${subject}`,
      '-days',
      '90'
    )
  const issued = (name: string, extensions: string): void => {
    run('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
    run('ca', '-batch', '-config', 'ca.cnf', '-extensions', extensions, '-in', `${name}.csr`, '-out', `${name}.pem`)
  }
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8').replace(/[\s\S]*?(?=-----BEGIN)/, '')
  const der = (name: string): Buffer => Buffer.from(text(name).replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')

  const byIssuer = ['-rsigner', 'ca.pem', '-rkey', 'ca.key']
  const signedBy = (name: string): readonly string[] => ['-rsigner', `${name}.pem`, '-rkey', `${name}.key`]

  /** A response about these certificates, valid for a week unless `more` says otherwise. */
  const respond = (
    names: readonly string[],
    signer: readonly string[] = byIssuer,
    more: readonly string[] = ['-ndays', '7'],
    hash = '-sha1'
  ): string => {
    const asked = names.flatMap((name) => [hash, '-cert', `${name}.pem`])
    const responder = ['-index', 'index.txt', '-CA', 'ca.pem', ...signer, ...more]
    run('ocsp', ...responder, '-issuer', 'ca.pem', ...asked, '-no_nonce', '-noverify', '-respout', 'response.der')
    return readFileSync(join(folder, 'response.der')).toString('base64')
  }

  const day = 86_400
  const ask = (
    name: string,
    ocspResponses: readonly string[],
    options: Partial<ValidationRequest> = {},
    later = 60
  ): Verdict => {
    const now = Math.floor(Date.now() / 1000) + later
    const outcome = validate({ chain: text(`${name}.pem`), caBundle: text('ca.pem'), ocspResponses, ...options }, [], {
      now,
      securityLevel: 2,
      limits: defaultLimits,
      maxCertificates: 100
    })
    if (outcome.kind !== 'verdict') throw new Error(JSON.stringify(outcome))
    return outcome.verdict
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vidimus-ocsp-'))
    writeFileSync(join(folder, 'ca.cnf'), configuration(folder))
    writeFileSync(join(folder, 'index.txt'), '')
    writeFileSync(join(folder, 'serial'), '00FEDCBA9876543210\n')
    selfSigned('ca', 'OpenSSL CA')
    selfSigned('other', 'Other CA')
    for (const name of ['good', 'bad', 'held']) issued(name, 'server')
    issued('stapling', 'stapling')
    issued('responder', 'responder')
    issued('plainresponder', 'plainresponder')
    const revoke = ['ca', '-batch', '-config', 'ca.cnf', '-revoke']
    run(...revoke, 'bad.pem', '-crl_reason', 'keyCompromise')
    run(...revoke, 'held.pem', '-crl_hold', 'holdInstructionNone')
  }, 30_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('accepts what the CA says is good, and rejects what it says is revoked, with the reason', () => {
    expect(ask('good', [respond(['good'])])).toMatchObject({ valid: true, warnings: [] })
    expect(ask('bad', [respond(['bad'])]).errors).toMatchObject([
      { code: 'revoked', certificate: 0, details: { reason: 'keyCompromise', source: 'ocspResponses[0]' } }
    ])
    expect(ask('held', [respond(['held'])]).errors).toMatchObject([
      { code: 'revoked', details: { reason: 'certificateHold' } }
    ])
  })

  it('does so by key, by SHA-256 and where several are answered at once', () => {
    expect(ask('good', [respond(['good'], byIssuer, ['-ndays', '7', '-resp_key_id'])]).valid).toBe(true)
    expect(ask('good', [respond(['good'], byIssuer, ['-ndays', '7'], '-sha256')]).valid).toBe(true)
    expect(ask('bad', [respond(['bad'], byIssuer, ['-ndays', '7'], '-sha512')]).valid).toBe(false)
    const several = respond(['bad', 'good', 'held'])
    expect(ask('good', [several]).valid).toBe(true)
    expect(errorsOf(ask('bad', [several]))).toEqual([['revoked', 0]])
  })

  it('accepts a delegated responder, with its certificate in the response or beside it', () => {
    expect(ask('good', [respond(['good'], signedBy('responder'))]).valid).toBe(true)
    expect(ask('good', [respond(['good'], signedBy('plainresponder'))]).valid).toBe(true)
    const bare = respond(['good'], signedBy('responder'), ['-ndays', '7', '-resp_no_certs'])
    expect(errorsOf(ask('good', [bare]))).toEqual([['revocation-unknown', 0]])
    expect(ask('good', [bare], { intermediates: text('responder.pem') }).valid).toBe(true)
  })

  it('rejects what a server or another CA has signed', () => {
    for (const signer of ['stapling', 'other']) {
      const verdict = ask('good', [respond(['good'], signedBy(signer))])
      expect(errorsOf(verdict)).toEqual([['revocation-unknown', 0]])
      expect(warningsOf(verdict)).toEqual([['ocsp-responder-not-authorized', 0]])
    }
  })

  it('rejects a signature that was spoilt', () => {
    const verdict = ask('good', [respond(['good'], byIssuer, ['-ndays', '7', '-badsig'])])
    expect(errorsOf(verdict)).toEqual([['revocation-unknown', 0]])
    expect(warningsOf(verdict)).toEqual([['ocsp-response-invalid', 0]])
  })

  it('rejects an answer about another certificate, and one that is out of date', () => {
    expect(errorsOf(ask('good', [respond(['bad'])]))).toEqual([['revocation-unknown', 0]])
    expect(errorsOf(ask('good', [respond(['good'])], {}, 8 * day))).toEqual([['revocation-stale', 0]])
    const open = respond(['good'], byIssuer, [])
    expect(ask('good', [open]).valid).toBe(true)
    expect(errorsOf(ask('good', [open], {}, 2 * day))).toEqual([['revocation-stale', 0]])
  })

  it('says unknown of what the index does not have', () => {
    const verdict = ask('good', [respond(['good'], ['-rsigner', 'ca.pem', '-rkey', 'ca.key', '-index', '/dev/null'])])
    expect(verdict.errors).toMatchObject([
      {
        code: 'revocation-unknown',
        details: { considered: [{ problem: 'says that its responder does not know the certificate' }] }
      }
    ])
  })

  it('asks a server that promises a response for one (RFC 7633)', () => {
    const purpose = { purpose: 'serverAuth', revocation: { mode: 'prefer' } } as const
    expect(ask('stapling', [respond(['stapling'])], purpose)).toMatchObject({ valid: true, warnings: [] })
    expect(warningsOf(ask('stapling', [respond(['good'])], purpose))).toEqual([
      ['revocation-unknown', 0],
      ['staple-required', 0]
    ])
  })

  it('understands the requests that are written here', async () => {
    const certificate = readCertificate(der('bad.pem'))
    const issuer = readCertificate(der('ca.pem'))
    if (!certificate.ok || !issuer.ok) throw new Error('OpenSSL made certificates that cannot be read')
    const nonce = new Uint8Array(32).fill(0x5a)
    const request = await encodeOcspRequest(certificate.value, issuer.value, { nonce, hash: 'sha256' })
    if (!request.ok) throw new Error(request.reason)
    writeFileSync(join(folder, 'request.der'), request.value)
    const responder = ['-index', 'index.txt', '-CA', 'ca.pem', ...byIssuer, '-ndays', '7']
    run('ocsp', ...responder, '-reqin', 'request.der', '-noverify', '-respout', 'answer.der')
    const answer = readFileSync(join(folder, 'answer.der'))
    const read = readOcspResponse(answer, defaultLimits)
    expect(read.ok && read.value.basic?.nonce).toBe('5a'.repeat(32))
    expect(errorsOf(ask('bad', [answer.toString('base64')]))).toEqual([['revoked', 0]])
  })
})
