import { describe, expect, it } from 'vitest'
import { nameChaining } from '#dist/core/checks/name-chaining.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { findingsOf } from '../../support/findings.ts'
import { name } from '../../support/names.ts'
import { anchoredPath, openPath, plainCertificate, plainContext } from '../../support/plain-certificate.ts'

const certificate = (subject: string, issuer: string): Certificate => ({
  ...plainCertificate(),
  subject: name(['CN', subject]),
  issuer: name(['CN', issuer])
})
const run = (...path: readonly Certificate[]) => findingsOf(nameChaining, anchoredPath(...path), plainContext())
const broken = (at: number, issuer: string, subject: string) => ({
  code: 'name-chaining-broken',
  certificate: at,
  severity: 'error',
  details: { issuer, subject }
})

describe('name chaining (RFC 5280 §6.1.3 (a)(4), §7.1)', () => {
  it('holds where each issuer is the subject above it, whatever case and space are', () => {
    expect(run(certificate('leaf', 'A'), certificate(' a ', 'Root  CA'), certificate('root ca', 'root ca'))).toEqual([])
  })

  it('is broken wherever the names differ, and reported with both', () => {
    const path = [certificate('leaf', 'A'), certificate('B', 'C'), certificate('D', 'Nobody')]
    expect(run(...path)).toEqual([broken(0, 'CN=A', 'CN=B'), broken(1, 'CN=C', 'CN=D')])
    expect(findingsOf(nameChaining, openPath(...path), plainContext())).toHaveLength(2)
  })

  it('asks nothing of the issuer of the last certificate', () => {
    expect(run(certificate('leaf', 'Nobody'))).toEqual([])
  })
})
