/** What was read before in another process: a failure is a bug. */
export const readAgain = <T>(
  read: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }
): T => {
  if (!read.ok) throw new Error(`what was read before cannot be read: ${read.reason}`)
  return read.value
}
