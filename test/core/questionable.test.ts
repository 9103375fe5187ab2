import { getCACertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { createVerifier } from '#dist/core/match/key/signature.js'
import type { QuestionableItem } from '#dist/core/model/description.js'
import { Budget, defaultLimits } from '#dist/core/model/limits.js'
import { questioner } from '#dist/core/questionable.js'
import {
  alternativeNames,
  basicConstraints,
  extendedKeyUsage,
  intermediate,
  issue,
  keyUsage,
  root,
  server
} from '../support/authority.ts'

const question = questioner(defaultLimits, createVerifier(new Budget(defaultLimits)))
const about = (der: Uint8Array): readonly QuestionableItem[] => {
  const read = readCertificate(der)
  if (!read.ok) throw new Error(read.reason)
  return question(read.value)
}
const told = (der: Uint8Array) => about(der).map(({ code, severity, profile }) => [code, severity, profile])
const ca = root()

describe('what is questionable about a certificate', () => {
  it('is nothing where it is as it should be, whatever its role', () => {
    for (const { der } of [ca, intermediate(ca), server(ca)]) expect(about(der)).toEqual([])
  })

  it('is what the checks of validation find, with their codes, messages and clauses', () => {
    const { der } = server(ca, 'www.example.test', { serialNumber: 0n, keyIdentifiers: false })
    expect(about(der)).toEqual([
      {
        code: 'serial-number-invalid',
        message: expect.stringContaining('is zero'),
        reference: expect.stringContaining('§4.1.2.2'),
        severity: 'warning',
        profile: 'rfc5280'
      },
      expect.objectContaining({ code: 'authority-key-identifier-missing', severity: 'warning', profile: 'rfc5280' })
    ])
  })

  it('tells errors from warnings: a weak key fails every validation', () => {
    expect(told(server(ca, 'a.test', { key: 'rsa1024' }).der)).toEqual([['public-key-weak', 'error', 'rfc5280']])
  })

  it('holds what may serve the web to the Baseline Requirements as well, and nothing else', () => {
    const bare = { subject: 'x', issuer: ca }
    expect(told(issue({ ...bare, extensions: [alternativeNames(['*.com'])] }).der)).toEqual([
      ['extension-missing', 'error', 'webpki'],
      ['wildcard-not-allowed', 'error', 'webpki']
    ])
    const client = [extendedKeyUsage('1.3.6.1.5.5.7.3.2'), alternativeNames(['*.com'])]
    expect(told(issue({ ...bare, extensions: client }).der)).toEqual([])
  })

  it('takes a certificate for a CA’s where it says that it is one', () => {
    const extensions = [basicConstraints(true, undefined, false), keyUsage('02 04')]
    expect(told(issue({ subject: 'CA', issuer: ca, extensions }).der)).toEqual([
      ['extension-criticality-wrong', 'warning', 'rfc5280']
    ])
  })

  it('can be asked of every root of Mozilla’s program', () => {
    for (const pem of getCACertificates('bundled')) {
      const items = about(Buffer.from(pem.replaceAll(/-----[^-]*-----|\s/g, ''), 'base64'))
      expect(items.filter(({ severity, profile }) => severity === 'error' && profile === 'rfc5280')).toEqual([])
    }
  })
})
