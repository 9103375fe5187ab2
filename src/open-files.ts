import { readFileSync } from 'node:fs'

/** Files beside connections: the database, CA files, what is being fetched. */
const others = 512

/** How many connections the process may have of `wanted`, by the files that it may open; as many as wanted where that is not known. */
export const connectionsWithin = (wanted: number, limits: string): number => {
  const most = /^Max open files\s+(\d+)\s/m.exec(limits)?.[1]
  return most === undefined ? wanted : Math.min(wanted, Math.max(Number(most) - others, 1))
}

/** The limits of this process as Linux tells them; empty elsewhere. Node.js has raised the soft ones to the hard ones. */
export const processLimits = (): string => {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return ''
  }
}
