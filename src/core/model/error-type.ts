/**
 * What identifies a code as a `type` of RFC 9457: where it is explained. It is relative to the service that gave the answer (§3.1.1), so
 * that it leads there behind any name; clients compare `code`.
 */
export const errorType = (code: string): string => `/errors/${code}`
