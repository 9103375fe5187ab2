import { type AdminToken, labelOf } from './admin-tokens.ts'
import { tokenFile } from './token-file.ts'

/** Who may change trust stores. */
export interface Administrators {
  /** Whether there is anybody who may. */
  readonly any: boolean
  /** The label of who presents this token; undefined where it is nobody's. */
  labelOf(token: string): string | undefined
  /** Has the file of tokens read again, changed or not. */
  reload(): void
}

/** Those of the configuration, and those of a file as it is whenever it is asked for; `report` gets its faults. */
export const administrators = (
  configured: readonly AdminToken[],
  path: string | undefined,
  report: (fault: string) => void
): Administrators => {
  const file = path === undefined ? undefined : tokenFile(path, report)
  const tokens = (): readonly AdminToken[] => [...configured, ...(file?.tokens() ?? [])]
  return {
    get any() {
      return tokens().length > 0
    },
    labelOf: (token) => labelOf(tokens(), token),
    reload: () => file?.reload()
  }
}
