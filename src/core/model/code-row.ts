/** A value that JSON can carry, so that a verdict crosses threads and HTTP unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** What a code's findings tell beside their position. */
export type Details = { readonly [key: string]: Json | undefined }

/** The details of a code that has nothing to add. */
export type NoDetails = Readonly<Record<never, never>>

/** Everything that vidimus knows about one code, in one place. */
export interface CodeRow<D extends Details> {
  /**
   * How far a path with this fault is from being valid. The candidate with the least sum is the one that is
   * reported: 1 to 5 for what the request asks or time mends, 10 to 20 for what a CA must issue anew, 50 and
   * more where there is no path at all.
   */
  readonly distance: number
  /** The standard and clause, as `RFC 5280 §6.1.3 (a)(2)`; a finding may name a closer one. */
  readonly reference: string
  /** What the code means, without the values of a case and without names of CAs. */
  readonly title: string
  /** What is wrong in this case, as a sentence with the values in it. */
  message(details: D): string
  /** What a person can do about it. */
  readonly remedy: string
  /** The numbers of OpenSSL's `X509_V_ERR_…` constants for the same fault. */
  readonly openssl?: readonly number[]
}

/** Declares a code; the type argument is the shape of its details. */
export const row = <D extends Details = NoDetails>(definition: CodeRow<D>): CodeRow<D> => definition
