import { packageFile } from './package-file.ts'
import type * as server from './server.ts'

/** What the build makes of `server.ts` and all that it needs: one function. */
type Program = (require: NodeJS.Require, meta: ImportMeta) => typeof server

/** Of the SHA-256 of program and code, which comes before the code. */
const sealBytes = 32

/**
 * Loads `dist/server.cjs`, the service in one script, with `dist/server.code`, which the build had V8 compile of it. That is used
 * where it is of this very program, and V8 takes it where it is of its own version and flags; else all is compiled as ever, when it
 * is first called. Neither is ever written here: whoever may write the code could as well write the program.
 */
export const loadServer = (): typeof server => {
  const { fileURLToPath } = process.getBuiltinModule('node:url')
  const file = fileURLToPath(packageFile('dist/server.cjs'))
  const require = process.getBuiltinModule('node:module').createRequire(file)
  // Node.js has the lines of `src` for modules alone.
  const program: Program = process.sourceMapsEnabled ? require(file) : compiled(file)
  return program(require, import.meta)
}

const compiled = (file: string): Program => {
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const { constants, Script } = process.getBuiltinModule('node:vm')
  const source = readFileSync(file)
  const code = codeOf(source, file.replace(/cjs$/, 'code'))
  // The build writes ASCII.
  const script = new Script(source.toString('latin1'), {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(code && { cachedData: code })
  })
  return script.runInThisContext()
}

/** The code that was made of `source`; undefined where there is none, or where one of the two is not as it was built. */
export const codeOf = (source: Buffer, file: string): Buffer | undefined => {
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const { createHash } = process.getBuiltinModule('node:crypto')
  try {
    const sealed = readFileSync(file)
    const code = sealed.subarray(sealBytes)
    const seal = createHash('sha256').update(source).update(code).digest()
    return seal.equals(sealed.subarray(0, sealBytes)) ? code : undefined
  } catch {
    return undefined
  }
}
