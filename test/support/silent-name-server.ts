import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A name server that takes questions and never answers. */
export interface SilentNameServer {
  /** Runs the command that is appended to it, whose system has this name server and no other. */
  readonly by: readonly string[]
  /** Resolves when it has been asked for the first time. */
  readonly asked: Promise<unknown>
  close(): void
}

const withOwnMounts = ['unshare', '--mount', 'sh', '-c']
const ownConfiguration = 'mount --bind "$0" /etc/resolv.conf && exec "$@"'

/** Name servers are asked at port 53 alone. Rejects where that is not permitted. */
export const silentNameServer = async (): Promise<SilentNameServer> => {
  const socket = createSocket('udp4')
  // One of many of this machine, so that two at once, and one that the machine has itself, are not in each other's way.
  const address = `127.53.${randomInt(1, 255)}.${randomInt(1, 255)}`
  socket.bind(53, address)
  await once(socket, 'listening')
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-names-'))
  const configuration = join(folder, 'resolv.conf')
  writeFileSync(configuration, `nameserver ${address}\noptions timeout:30 attempts:2\n`)
  return {
    by: [...withOwnMounts, ownConfiguration, configuration],
    asked: once(socket, 'message'),
    close: () => {
      socket.close()
      rmSync(folder, { recursive: true })
    }
  }
}

/** Whether there can be one here: Linux, and the rights of its administrator. */
export const canBeSilent =
  process.getuid?.() === 0 &&
  spawnSync(withOwnMounts[0] ?? '', [...withOwnMounts.slice(1), ownConfiguration, '/etc/hosts', 'true']).status === 0
