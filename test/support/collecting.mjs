// Loaded into a service before all else: at SIGUSR2 it collects all garbage, so that what its heap holds afterwards is in use.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
process.on('SIGUSR2', () => collect())
