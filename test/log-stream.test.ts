import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { logStream } from '#dist/log-stream.js'
import { cannotMount, smallDisk } from './support/small-disk.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the stream of the log', () => {
  it('writes every line, in order', async () => {
    const path = join(folder, 'log')
    const descriptor = openSync(path, 'w')
    const stream = logStream(descriptor)
    const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index} ä\n`)
    for (const line of lines) stream.write(line)
    expect(await stream.flushed(5_000)).toBe(true)
    stream.write('more\n')
    expect(await stream.flushed(5_000)).toBe(true)
    closeSync(descriptor)
    expect(readFileSync(path, 'utf8')).toBe(`${lines.join('')}more\n`)
  })

  it('writes characters that reorder or hide text as escapes, which mean the same in JSON', async () => {
    const path = join(folder, 'escaped')
    const descriptor = openSync(path, 'w')
    const stream = logStream(descriptor)
    const name = 'a\u001b[2J\u009b\u202etset\u2066\u200b\ufeff\u2028<b>'
    stream.write(`${JSON.stringify({ file: name })}\n`)
    expect(await stream.flushed(5_000)).toBe(true)
    closeSync(descriptor)
    const written = readFileSync(path, 'utf8')
    expect(written).toMatch(/^[\x20-\x7e]+\n$/)
    expect(JSON.parse(written)).toEqual({ file: name })
  })

  it('keeps a bounded amount waiting, and says how many lines it dropped', async () => {
    const path = join(folder, 'dropped')
    const descriptor = openSync(path, 'w')
    const stream = logStream(descriptor)
    const line = `${'a'.repeat(1_048_575)}\n`
    for (let count = 0; count < 8; count += 1) stream.write(line)
    expect(await stream.flushed(5_000)).toBe(true)
    closeSync(descriptor)
    const written = readFileSync(path, 'utf8').trim().split('\n')
    expect(written).toHaveLength(6)
    expect(written[5]).toMatch(/^\{"level":40,"time":\d+,"msg":"lines of the log were dropped","dropped":3\}$/)
  })

  it('goes silent where it cannot write', async () => {
    const path = join(folder, 'closed')
    const descriptor = openSync(path, 'w')
    closeSync(descriptor)
    const reading = openSync(path, 'r')
    const stream = logStream(reading)
    stream.write('line\n')
    expect(await stream.flushed(5_000)).toBe(true)
    stream.write('line\n')
    closeSync(reading)
    expect(readFileSync(path, 'utf8')).toBe('')
  })

  it.skipIf(process.platform === 'win32')(
    'waits for a reader who is slow, and no longer for one who stands still',
    async () => {
      const path = join(folder, 'pipe')
      spawnSync('mkfifo', [path])
      const reading = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
      const descriptor = openSync(path, 'w')
      const stream = logStream(descriptor)
      const lines = Array.from({ length: 3_000 }, (_, index) => `line ${index} ${'a'.repeat(100)}\n`)
      for (const line of lines) stream.write(line)
      // More than a pipe holds waits for somebody who reads.
      expect(await stream.flushed(300, 60_000)).toBe(false)
      let read = ''
      const buffer = Buffer.alloc(16_384)
      const reader = setInterval(() => {
        read += buffer.toString('latin1', 0, readSync(reading, buffer))
      }, 150)
      expect(await stream.flushed(2_000, 100)).toBe(false)
      const since = performance.now()
      expect(await stream.flushed(1_500, 60_000)).toBe(true)
      expect(performance.now() - since).toBeGreaterThan(1_500)
      clearInterval(reader)
      while (read.length < lines.join('').length) read += buffer.toString('latin1', 0, readSync(reading, buffer))
      expect(read).toBe(lines.join(''))
      closeSync(descriptor)
      closeSync(reading)
    }
  )

  it.skipIf(cannotMount !== undefined)(
    'goes on when a disk that was full has room again, and says how much is missing',
    async () => {
      const disk = smallDisk('64k')
      const path = join(disk.folder, 'log')
      const descriptor = openSync(path, 'a')
      const stream = logStream(descriptor)
      disk.fill()
      const lines = Array.from({ length: 100 }, (_, index) => `{"line":${index},"text":"${'a'.repeat(200)}"}\n`)
      for (const line of lines) stream.write(line)
      expect(await stream.flushed(300)).toBe(false)
      disk.remount('size=1m')
      expect(await stream.flushed(10_000)).toBe(true)
      stream.write('{"line":100}\n')
      expect(await stream.flushed(10_000)).toBe(true)
      const read = readFileSync(path, 'utf8').split('\n')
      expect(read).toContain('{"line":100}')
      const dropped = read.flatMap((line) => /"dropped":(\d+)/.exec(line)?.[1] ?? [])
      const kept = read.filter((line) => line.includes('"text"'))
      expect(dropped.reduce((sum, count) => sum + Number(count), kept.length)).toBe(100)
      expect(dropped).toHaveLength(1)
      closeSync(descriptor)
      disk.remove()
    }
  )
})
