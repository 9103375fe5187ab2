// The service that the examples of a group of documents ask.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { freePort } from '../free-port.mjs'

/** Ports that documents name. Each stands for one that was free. */
const namedPort = /(?<![\w.])(8080|8081|8082|8083|8443|8444|4433)(?!\w)/g

/** Turns the ports that `texts` name into free ones, and back. */
export const portsFor = async (texts) => {
  const named = new Set(texts.flatMap((text) => [...text.matchAll(namedPort)].map(([port]) => port)))
  const really = new Map()
  for (const port of named) really.set(port, await freePort())
  const back = new Map([...really].map(([port, free]) => [free, port]))
  return {
    has: (port) => really.has(port),
    real: (text) => text.replaceAll(namedPort, (port) => really.get(port) ?? port),
    named: (text) => text.replaceAll(/(?<!\w)\d{4,5}(?!\w)/g, (port) => back.get(port) ?? port)
  }
}

/** A document asks for variables of the service as `<!-- service: NAME=value NAME=value -->`. */
export const variablesIn = (document) =>
  Object.fromEntries(
    [...document.matchAll(/^<!-- service: (.*) -->$/gm)].flatMap(([, variables]) =>
      variables.split(' ').map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)])
    )
  )

/** Starts the service, and gives what ends it when it listens. */
export const startService = (main, folder, variables) => {
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, '.data'),
      ADMIN_TOKENS: 'operations=an-example-of-a-token',
      ...variables
    },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  return new Promise((resolve, reject) => {
    let output = ''
    child.once('exit', (status) => reject(new Error(`the service ended with ${status}: ${output}`)))
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (/listening[^\n]*http:/.test(output)) resolve(() => child.kill())
    })
  })
}
