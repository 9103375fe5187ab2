import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { commands } from '#dist/cli/commands.js'
import { codeEntry } from '#dist/core/model/code-entry.js'
import { codes } from '#dist/core/model/codes.js'
import { explanations } from '#dist/core/model/explanations.js'
import { version } from '#dist/version.js'
import { intermediate, root, server } from '../support/authority.ts'
import { vidimus, vidimusInTerminal } from '../support/command-line.ts'
import { describeWith } from '../support/engines.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))
const ca = root()
const issuing = intermediate(ca)
const caFile = join(folder, 'ca.pem')
const chain = join(folder, 'chain.pem')
writeFileSync(caFile, ca.pem)
writeFileSync(chain, server(issuing).pem + issuing.pem)
const args = ['validate', chain, '--ca-file', caFile, '--time', '2026-11-23T12:00:00Z']

describeWith('script', 'in a terminal', () => {
  it('draws the path, in colours', () => {
    const { status, screen } = vidimusInTerminal(args)
    expect(status).toBe(0)
    expect(screen).toContain('\u001b[32mvalid, at the latest until 2035-01-01T00:00:00Z\u001b[0m')
    expect(screen).toContain('  \u001b[32m✓\u001b[0m CN=www.example.test')
    expect(screen).toContain('  └─ \u001b[32m✓\u001b[0m CN=Test Intermediate')
    expect(screen).toContain('     └─ \u001b[32m✓\u001b[0m CN=Test Root')
  })

  it('is without colours where NO_COLOR asks for that, and without lines where the terminal is dumb', () => {
    const plain = vidimusInTerminal(args, { NO_COLOR: '1' }).screen
    expect(plain).toContain('  └─ ✓ CN=Test Intermediate')
    expect(plain).not.toContain('\u001b')
    expect(vidimusInTerminal(args, { TERM: 'dumb' }).screen).toContain('  1 CN=Test Intermediate')
  })

  it('tells an error where it is and how to mend it, and ends as in a pipe', () => {
    const { status, screen } = vidimusInTerminal([...args, '--hostname', 'other.test'], { NO_COLOR: '1' })
    expect(status).toBe(1)
    expect(screen).toMatch(
      / {2}✗ CN=www\.example\.test .*\n {2}│ {2}error: hostname-mismatch: [^\n]*\n {2}│ {2}remedy: /
    )
  })

  it('folds long lines at its width, each with the margin of its place', () => {
    const { screen } = vidimusInTerminal([...args, '--hostname', 'other.test'], { NO_COLOR: '1' }, 60)
    const lines = screen.split('\n')
    const from = lines.findIndex((line) => line.includes('error: hostname-mismatch'))
    expect(lines.slice(from, from + 3)).toEqual([
      '  │  error: hostname-mismatch: The certificate is not for',
      '  │  other.test: it is for www.example.test. [RFC 9525 §6.3]',
      '  │  remedy: Use a name of the certificate, or have one'
    ])
    for (const line of lines.slice(1)) expect(line.length).toBeLessThanOrEqual(60)
  })

  it('shows how far it is with many files, and wipes that', () => {
    const { screen } = vidimusInTerminal([...args, chain])
    expect(screen).toContain('1/2 ')
    expect(screen).toContain('2/2 ')
    expect(screen.slice(screen.lastIndexOf('\u001b[K'))).not.toContain('2/2')
  })
})

describe('what is made of the table of commands', () => {
  it('is the help, of all and of each', () => {
    const whole = vidimus(['--help'])
    for (const { name, options } of commands) {
      expect(whole.output).toContain(`\n  ${name} `)
      const own = vidimus([name, '--help'])
      expect([own.status, own.output.split('\n')[0]]).toEqual([0, expect.stringContaining(`Usage: vidimus ${name}`)])
      for (const option of options) expect(own.output).toContain(`--${option.name}`)
    }
    expect(whole.output).toContain('  CA_FILES\n')
  })

  it('is a manual page that groff takes without a complaint, where it is here', () => {
    const { output } = vidimus(['man'])
    expect(output).toContain(`.TH VIDIMUS 1 "" "vidimus ${version}"`)
    const groff = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: output, encoding: 'utf8' })
    if (groff.error === undefined) expect([groff.status, groff.stderr]).toEqual([0, ''])
    for (const { name } of commands) expect(output).toContain(`.SS ${name}`)
  })
})

describe('vidimus errors', () => {
  it('tells all that the page of a code tells, and lists all codes without one', () => {
    const { meaning, causes, check } = explanations.expired
    expect(vidimus(['errors', 'expired']).output).toBe(
      [
        `expired: ${codes.expired.title}`,
        `  ${meaning}`,
        '',
        '  What to do',
        `    ${codes.expired.remedy}`,
        '',
        '  How it comes about',
        ...causes.map((cause) => `    - ${cause}`),
        '',
        '  How to see it with OpenSSL',
        `    ${check.command}`,
        `    Look for: ${check.shows}`,
        '',
        '  The rule',
        `    ${codes.expired.reference}`,
        '',
        '  What others call it',
        '    OpenSSL: 10 X509_V_ERR_CERT_HAS_EXPIRED: certificate has expired',
        '    Go: x509: certificate has expired or is not yet valid',
        '    Java: CertificateExpiredException',
        '    .NET: NotTimeValid',
        '    Chromium: ERR_CERT_DATE_INVALID',
        '    Firefox: SEC_ERROR_EXPIRED_CERTIFICATE; SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE',
        ''
      ].join('\n')
    )
    expect(vidimus(['errors']).output.trim().split('\n')).toHaveLength(Object.keys(codes).length)
    const two = vidimus(['errors', '--json', 'expired', 'issuer-not-found']).output.trim().split('\n')
    expect(two.map((line): unknown => JSON.parse(line))).toEqual([codeEntry('expired'), codeEntry('issuer-not-found')])
  })

  it('leaves out what there is nothing to say of, and parts codes by a line', () => {
    const { output } = vidimus(['errors', 'object-ignored', 'expired'])
    expect(output).not.toMatch(/What others call it[\s\S]*\n\nexpired: /)
    expect(output).toContain('\n\nexpired: ')
  })
})
