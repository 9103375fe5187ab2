import { ADDRCONFIG, lookup } from 'node:dns'

/**
 * A process of its own that asks the system for the addresses of a name, its only argument, and writes them as JSON, or the code of why
 * there are none.
 */

/** More than any host has. */
const mostAddresses = 32

lookup(process.argv[2] ?? '', { all: true, hints: ADDRCONFIG }, (error, addresses) => {
  const told = error === null ? { addresses: addresses.slice(0, mostAddresses) } : { code: error.code }
  process.stdout.write(JSON.stringify(told))
})
