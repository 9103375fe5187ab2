import { describe, expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import { validate } from '#dist/core/validate.js'
import { root, server } from '../../support/authority.ts'

const settings = { now: 0, securityLevel: 2, limits: defaultLimits, maxCertificates: 2_000 } as const
const chain = server(root()).pem

describe('options of which many are wrong', () => {
  it('are told for a hundred of them, in their order', () => {
    const purpose = Array.from({ length: 1_000 }, () => 'none')
    const outcome = validate({ chain, purpose, time: 'never' }, [], settings)
    expect(outcome).toMatchObject({ kind: 'refusal', status: 400, code: 'field-invalid' })
    const pointers = outcome.kind === 'refusal' ? outcome.errors.map(({ pointer }) => pointer) : []
    expect(pointers).toEqual(['/time', ...Array.from({ length: 99 }, (_, at) => `/purpose/${at}`)])
  })
})
