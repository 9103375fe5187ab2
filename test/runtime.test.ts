import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isSupportedNode, minimumNode, unsupportedNodeMessage } from '#dist/runtime.js'
import { version } from '#dist/version.js'

const entry = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** A Node.js on the path that is too old for vidimus, if this machine has one. */
function oldNode(): string | undefined {
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program))
  return candidates
    .filter((path) => existsSync(path) && realpathSync(path) !== realpathSync(process.execPath))
    .find((path) => {
      const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
      return typeof stdout === 'string' && /^v\d+\./.test(stdout) && !isSupportedNode(stdout.trim())
    })
}

describe('the version of Node.js', () => {
  it.each(['24.7.0', 'v24.7.0', '24.10.1', '25.0.0', '26.10.0', 'v100.0.0', '26.0.0-nightly20260101'])(
    'is enough with %s',
    (node) => {
      expect(isSupportedNode(node)).toBe(true)
    }
  )

  it.each(['24.6.9', 'v24.0.0', '20.20.2', '22.99.0', '9.9.9', '24', '', 'latest', ' 26.0.0'])(
    'is too old, or no version, with "%s"',
    (node) => {
      expect(isSupportedNode(node)).toBe(false)
    }
  )

  it('is enough here', () => {
    expect(isSupportedNode(process.versions.node)).toBe(true)
  })

  it('is said when it is too old, with the version needed and the cure', () => {
    const message = unsupportedNodeMessage('v20.20.2')
    expect(message).toContain(`needs Node.js ${minimumNode} or later; this is Node.js 20.20.2.`)
    expect(message).toContain('npm ci && npm start')
  })

  const old = oldNode()
  it.skipIf(old === undefined)('ends the entry point with that message in a Node.js that is too old', () => {
    const { status, stdout, stderr } = spawnSync(old ?? '', [entry, '--version'], { encoding: 'utf8', timeout: 20_000 })
    expect(stderr).toMatch(/^vidimus needs Node\.js 24\.7\.0 or later; this is Node\.js \d+\.\d+\.\d+\.\n/)
    expect(stdout).toBe('')
    expect(status).toBe(1)
  })

  it('lets the entry point run here', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [entry, '--version'], {
      encoding: 'utf8',
      timeout: 20_000
    })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })
})
