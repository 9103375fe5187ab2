import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

type Serve = (request: IncomingMessage, response: ServerResponse) => void

/** An HTTP server on the loopback interface with files, which notes what it was asked for. */
export interface EvidenceServer {
  readonly url: string
  /** `GET /path` in their order. */
  readonly asked: string[]
  readonly files: Map<string, Uint8Array | Serve>
  /** What answers for all other paths; 404 where there is none. */
  otherwise: Serve | undefined
  close(): Promise<void>
}

export const evidenceServer = async (): Promise<EvidenceServer> => {
  const asked: string[] = []
  const files: EvidenceServer['files'] = new Map()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(`${request.method} ${path}`)
    const file = files.get(path) ?? served.otherwise
    if (typeof file === 'function') file(request, response)
    else response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const served: EvidenceServer = {
    url: `http://127.0.0.1:${port}`,
    asked,
    files,
    otherwise: undefined,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
  return served
}
