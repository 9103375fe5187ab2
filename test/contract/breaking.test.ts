import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const text = readFileSync(join(root, 'openapi/openapi.json'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'vidimus-breaking-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Description {
  paths: Record<string, Record<string, { parameters?: object[]; responses: Record<string, unknown> }>>
  components: { schemas: Record<string, { properties: Record<string, object>; required: string[] }> }
}

/** What the script says of a description that `change` was made to. */
const after = (
  change: (description: Description) => void
): { readonly status: number | null; readonly said: string } => {
  const description = JSON.parse(text) as Description
  change(description)
  const older = join(folder, 'older.json')
  const newer = join(folder, 'newer.json')
  writeFileSync(older, text)
  writeFileSync(newer, JSON.stringify(description))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/oasdiff.mjs', older, newer], {
    cwd: root,
    encoding: 'utf8',
    timeout: 50_000
  })
  return { status, said: stdout + stderr }
}

describeWith('oasdiff', 'npm run openapi:breaking', () => {
  it('passes what adds: an optional field, a code, a route', () => {
    const { status, said } = after(({ paths, components: { schemas } }) => {
      Object.assign(schemas['ValidationRequest']?.properties ?? {}, { later: { type: 'boolean' } })
      Object.assign(schemas['Verdict']?.properties ?? {}, { later: { type: 'boolean' } })
      paths['/later'] = { get: { responses: { 200: { description: 'It is there.' } } } }
    })
    expect(status, said).toBe(0)
  })

  it('fails where an answer loses a field', () => {
    const { status, said } = after(({ components: { schemas } }) => {
      const verdict = schemas['Verdict']
      delete verdict?.properties['outcome']
      if (verdict !== undefined) verdict.required = verdict.required.filter((name) => name !== 'outcome')
    })
    expect(said).toContain('removed the required property `outcome` from the response with the `200` status')
    expect(said).toContain('npm run openapi:baseline')
    expect(status).toBe(1)
  })

  it('fails where a request needs a field more', () => {
    const { status, said } = after(({ components: { schemas } }) => {
      schemas['ValidationRequest']?.required.push('hostname')
    })
    expect(said).toContain('the request property `hostname` became required')
    expect(status).toBe(1)
  })

  it('fails where a route goes, or a method of one', () => {
    const { status, said } = after(({ paths }) => {
      delete paths['/inspect']
      delete paths['/trust-stores/{name}']?.['delete']
    })
    expect(said).toMatch(/in API POST \/inspect\s+API path removed/)
    expect(said).toMatch(/in API DELETE \/trust-stores\/\{name\}\s+API removed/)
    expect(status).toBe(1)
  })

  it('fails where a field changes its type', () => {
    const { status, said } = after(({ components: { schemas } }) => {
      Object.assign(schemas['Verdict']?.properties ?? {}, { valid: { type: 'string' } })
    })
    expect(said).toMatch(/response-property-type-changed.*[\s\S]*`valid`/)
    expect(status).toBe(1)
  })

  it('fails in words where a description cannot be read', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/oasdiff.mjs', '/nowhere', '/nowhere'], {
      cwd: root,
      encoding: 'utf8'
    })
    expect(stderr).toContain('/nowhere')
    expect(status).not.toBe(0)
  })
})
