#!/usr/bin/env node
import { requireSupportedNode } from './runtime.ts'

requireSupportedNode()
const { main } = await import('./server.ts')
await main(process.argv.slice(2))
