import { readFileSync } from 'node:fs'
import { readAnchors } from '#dist/core/decode/input/read-anchors.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import { memoryOf } from '../peers/process.ts'

/** Makes a trust store of a CA file, as the service does when it starts: what that took, as JSON. */
const before = memoryOf(process.pid).now
const started = process.cpuUsage()
const start = performance.now()
const { anchors } = readAnchors(readFileSync(process.argv[2] ?? ''), 'trustStore:file')
const store = trustStore({ name: 'file', version: null, anchors })
const milliseconds = performance.now() - start
const { user, system } = process.cpuUsage(started)
const grownBytes = memoryOf(process.pid).now - before
process.stdout.write(
  `${JSON.stringify({ certificates: store.anchors.length, milliseconds, loadCpuMicroseconds: user + system, grownBytes })}\n`
)
