import { readFileSync } from 'node:fs'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import { memoryOf } from '../peers/process.ts'

/**
 * Reads a CRL with every entry, and looks some up: what that took, as JSON. The file is in memory before; what memory grew
 * by at its peak is beside that.
 */
const der = readFileSync(process.argv[2] ?? '')
const before = memoryOf(process.pid).now
const started = process.cpuUsage()
const read = readCrl(der)
if (!read.ok) throw new Error(read.reason)
const crl = read.value
const { entryCount, faults } = crl
const { user, system } = process.cpuUsage(started)
if (faults.length > 0) throw new Error('The CRL has faults')
const grownBytes = memoryOf(process.pid).most - before

const lookUps = 200_000
const serials = serialNumbers(der, 2 * lookUps)
// With others first, as many: what is compiled as it runs is slow until it has run for a while.
for (const serial of serials.slice(0, lookUps)) crl.find(serial)
const start = process.cpuUsage()
let found = 0
for (const serial of serials.slice(lookUps)) if (crl.find(serial) !== undefined) found++
const used = process.cpuUsage(start)
if (found !== lookUps) throw new Error('An entry of the CRL was not found')
const lookUpNanoseconds = ((used.user + used.system) * 1_000) / lookUps

process.stdout.write(
  `${JSON.stringify({ entries: entryCount, loadCpuMicroseconds: user + system, grownBytes, lookUpNanoseconds, found })}\n`
)

/** Serial numbers that the CRL lists, in hex: each is an INTEGER of 16 octets. */
function serialNumbers(octets: Buffer, count: number): readonly string[] {
  const header = Buffer.of(2, 16)
  const serials: string[] = []
  let at = 0
  while (serials.length < count) {
    at = octets.indexOf(header, at + 18)
    if (at < 0) at = 0
    else serials.push(octets.toString('hex', at + 2, at + 18))
  }
  return serials
}
