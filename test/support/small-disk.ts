import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own with little room, in memory. */
export interface SmallDisk {
  readonly folder: string
  /** Mounts it anew with other options, as `size=8m` or `ro`. */
  remount(options: string): void
  /** Takes all the room that is left. */
  fill(): void
  /** Unmounts and removes it. */
  remove(): void
}

const mount = (...parameters: readonly string[]): string | undefined => {
  const { status, stderr, error } = spawnSync('mount', parameters, { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'vidimus-disk-'))

/** Throws where mounting is not permitted. */
export const smallDisk = (size: string): SmallDisk => {
  const folder = newFolder()
  const failure = mount('-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', folder)
  if (failure !== undefined) throw new Error(failure)
  const data = join(folder, 'data')
  mkdirSync(data)
  return {
    folder: data,
    remount: (options) => {
      const refused = mount('-o', `remount,${options}`, folder)
      if (refused !== undefined) throw new Error(refused)
    },
    fill: () => {
      const filler = openSync(join(folder, 'filler'), 'w')
      try {
        for (;;) writeSync(filler, Buffer.alloc(4_096))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      } finally {
        closeSync(filler)
      }
    },
    remove: () => {
      spawnSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Why nothing can be mounted here; undefined where it can. */
export const cannotMount = ((): string | undefined => {
  try {
    smallDisk('64k').remove()
    return undefined
  } catch (error) {
    return `nothing can be mounted here: ${error instanceof Error ? error.message : String(error)}`
  }
})()
