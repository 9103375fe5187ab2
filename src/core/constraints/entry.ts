import type { AnchorConstraints } from '../model/anchor-constraints.ts'
import { parseInstant } from '../model/instant.ts'
import { anyExtendedKeyUsage, anyPolicy, isOid } from '../model/oids.ts'
import { purposeOid, purposeRule } from '../model/options.ts'
import type { ConstraintsFaults } from './faults.ts'
import { readNames } from './names.ts'
import { type Path, readList, readObject } from './shapes.ts'

const fields = ['distrustAfter', 'purposes', 'rejectedPurposes', 'nameConstraints', 'policies'] as const

/** Reads what is said of one anchor. What it gives is of use only where `faults` has got nothing. */
export const readEntry = (value: unknown, path: Path, faults: ConstraintsFaults): AnchorConstraints | undefined => {
  const entry = readObject(value, path, fields, faults)
  if (entry === undefined) return undefined
  const purposes = readPurposes(entry.purposes, [...path, 'purposes'], faults)
  const rejectedPurposes = readPurposes(entry.rejectedPurposes, [...path, 'rejectedPurposes'], faults) ?? []
  if (purposes?.includes(anyExtendedKeyUsage)) faults.add([...path, 'purposes'], limitsNothing('anyExtendedKeyUsage'))
  for (const oid of rejectedPurposes) {
    if (purposes?.includes(oid) || (purposes !== undefined && oid === anyExtendedKeyUsage))
      faults.add([...path, 'rejectedPurposes'], `has ${oid}, which contradicts purposes`)
  }
  return {
    distrustAfter: readDate(entry.distrustAfter, [...path, 'distrustAfter'], faults),
    purposes,
    rejectedPurposes,
    names: readNames(entry.nameConstraints, [...path, 'nameConstraints'], faults),
    policies: readPolicies(entry.policies, [...path, 'policies'], faults)
  }
}

const limitsNothing = (name: string): string => `has ${name}, which limits nothing: leave the field out`

const readDate = (value: unknown, path: Path, faults: ConstraintsFaults): number | undefined => {
  if (value === undefined) return undefined
  const seconds = typeof value === 'string' ? parseInstant(value) : undefined
  return seconds ?? faults.add(path, 'must be an RFC 3339 date and time, as 2026-11-23T19:30:00Z')
}

const readPurposes = (value: unknown, path: Path, faults: ConstraintsFaults): readonly string[] | undefined =>
  readList(value, path, faults, (element, place) => {
    if (element === 'anyExtendedKeyUsage') return anyExtendedKeyUsage
    const oid = typeof element === 'string' ? purposeOid(element) : undefined
    return oid ?? faults.add(place, purposeRule)
  })

const readPolicies = (value: unknown, path: Path, faults: ConstraintsFaults): readonly string[] | undefined =>
  readList(value, path, faults, (element, place) => {
    if (typeof element !== 'string' || !isOid(element)) return faults.add(place, 'must be an OID in dotted form')
    return element === anyPolicy ? faults.add(place, limitsNothing('anyPolicy')) : element
  })
