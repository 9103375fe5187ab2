#!/usr/bin/env node
import { loadServer } from './compiled.ts'
import { requireSupportedNode } from './runtime.ts'
import { keepCodeFast } from './service/hot-code.ts'
import { hearSignals } from './signals.ts'

requireSupportedNode()
const [command, ...rest] = process.argv.slice(2)
const asks = new Set(['--help', '-h', '--version'])
const isService = command === undefined || (command.startsWith('-') && !asks.has(command))
if (isService || (command === 'serve' && !rest.some((argument) => asks.has(argument)))) {
  const signals = hearSignals()
  const { main } = loadServer()
  await main(command === 'serve' ? rest : process.argv.slice(2), signals, keepCodeFast)
} else {
  const { runCommand } = await import('./cli/main.ts')
  process.exitCode = await runCommand([command, ...rest])
}
