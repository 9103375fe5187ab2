/** Why a server could not be probed. It is thrown within this folder alone: what is outside gets it as a value. */
export class ProbeFault extends Error {
  override readonly name = 'ProbeFault'
}
