import { certificateList, certificateStatus, message, record, serverHello } from '../test/support/tls-writer.ts'
import type { Random } from './random.ts'
import type { Seeds } from './seeds.ts'

/** Octets that lengths and types stumble over. */
const octets = [0, 1, 2, 3, 5, 11, 20, 21, 22, 23, 0x7f, 0x80, 0xff] as const

/** What a server of TLS 1.2 sends, in one record or many, and then changed in some octets, cut, or doubled in part. */
export const mutateFlight = (seeds: Seeds, random: Random): Uint8Array => {
  const certificates = Array.from({ length: random.below(4) }, () => random.pick(seeds.certificates))
  const status = message(22, certificateStatus(random.pick(seeds.responses), 1 + random.below(2)))
  const whole = Buffer.concat([
    serverHello(0x0303),
    certificateList(...certificates),
    ...(random.chance(2) ? [status] : [])
  ])
  const step = random.chance(2) ? 16_384 : 1 + random.below(400)
  const pieces = Array.from({ length: Math.ceil(whole.length / step) }, (_, at) =>
    record(22, whole.subarray(at * step, (at + 1) * step))
  )
  let flight = Buffer.concat(pieces)
  for (let left = random.below(4); left > 0; left -= 1) flight = mutated(flight, random)
  return flight
}

const mutated = (flight: Buffer, random: Random): Buffer<ArrayBuffer> => {
  // Most of what can break stands at the beginning: the rest is certificates.
  const at = random.below(random.chance(2) ? Math.min(flight.length, 128) : flight.length)
  if (random.chance(4)) return Buffer.from(flight.subarray(0, at))
  if (random.chance(4)) return Buffer.concat([flight.subarray(0, at), flight.subarray(Math.floor(at / 2))])
  const changed = Buffer.from(flight)
  if (at < changed.length) changed[at] = random.pick(octets)
  return changed
}
