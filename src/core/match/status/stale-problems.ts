import type { Staleness } from '../../model/revocation.ts'

/** Why evidence is not current, as the rest of a sentence that begins with it. */
export const staleProblems: Readonly<Record<Staleness['why'], string>> = {
  'next-update-passed': 'is out of date',
  'older-than-max-age': 'is older than the request accepts',
  'no-next-update': 'does not say until when it is current, and is older than a day',
  'not-yet-issued': 'is of a time after the time of validation'
}
