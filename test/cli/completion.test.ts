import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { commands } from '#dist/cli/commands.js'
import { allCodes } from '#dist/core/model/code-entry.js'
import { vidimus } from '../support/command-line.ts'
import { describeWith } from '../support/engines.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-completion-'))
afterAll(() => rmSync(folder, { recursive: true }))
const saved = (shell: string, name: string): string => {
  const file = join(folder, name)
  writeFileSync(file, vidimus(['completion', shell]).output)
  return file
}
const certificate = join(folder, 'server.pem')
writeFileSync(certificate, '')

const ran = (command: string, ...args: readonly string[]): readonly string[] => {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 50_000 })
  expect(stderr).toBe('')
  return [...new Set(stdout.split('\n').filter((line) => line !== ''))].sort()
}

const names = commands.map(({ name }) => name)

/** What every shell offers where a line ends so. */
const offers: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['va', ['validate']],
  ['validate --hos', ['--hostname']],
  ['validate --profile ', ['rfc5280', 'webpki']],
  ['validate --json --profile w', ['webpki']],
  ['probe --starttls p', ['pop3', 'postgres']],
  ['inspect --form ', ['der', 'pem', 'pkcs7']],
  ['errors not-', ['not-yet-valid']],
  ['errors expired crl-inv', ['crl-invalid']],
  ['completion ', ['bash', 'fish', 'zsh']]
]

describe('the completion of bash', () => {
  const script = saved('bash', 'vidimus.bash')
  const complete = (line: string): readonly string[] => {
    const words = ['vidimus', ...line.split(' ')].map((word) => `'${word}'`)
    return ran(
      'bash',
      '-c',
      `. ${script}; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _vidimus; printf '%s\\n' "\${COMPREPLY[@]}"`
    )
  }

  it.each(offers)('offers what fits in vidimus %s', (line, offered) => {
    expect(complete(line)).toEqual(offered)
  })

  it('offers all commands, all codes, and nothing of its own where files belong', () => {
    expect(complete('')).toEqual([...names, '--help', '--version'].sort())
    expect(complete('errors ')).toEqual([...allCodes].sort())
    for (const line of ['validate ', 'chain --ca-file x', 'probe --save ']) expect(complete(line)).toEqual([])
  })
})

describeWith('zsh', 'the completion of zsh', () => {
  const program = fileURLToPath(new URL('offers.zsh', import.meta.url))
  const complete = (line: string): readonly string[] => {
    saved('zsh', '_vidimus')
    return ran('zsh', '-f', program, folder, `vidimus ${line}`)
  }

  it.each(offers)('offers what fits in vidimus %s', (line, offered) => {
    expect(complete(line)).toEqual(offered)
  })

  it('offers all commands, files where they belong, and the value after a sign', () => {
    expect(complete('')).toEqual(expect.arrayContaining([...names]))
    for (const line of ['validate ', 'chain --ca-file ', 'inspect --form=pem -o '])
      expect(complete(`${line}${folder}/serv`)).toContain('server.pem')
    expect(complete('inspect --form=p')).toEqual(['pem', 'pkcs7'])
  })
})

describeWith('fish', 'the completion of fish', () => {
  const script = saved('fish', 'vidimus.fish')
  const complete = (line: string): readonly string[] =>
    ran('fish', '--no-config', '-c', `source ${script}; complete -C 'vidimus ${line}'`).map(
      (offered) => offered.split('\t')[0] ?? ''
    )

  it.each(offers)('offers what fits in vidimus %s', (line, offered) => {
    expect(complete(line)).toEqual(offered)
  })

  it('offers all commands, and files where they belong alone', () => {
    expect(complete('')).toEqual([...names].sort())
    for (const line of ['validate ', 'chain --ca-file ', 'probe --save '])
      expect(complete(`${line}${folder}/serv`)).toEqual([certificate])
    expect(complete(`errors ${folder}/serv`)).toEqual([])
  })
})
