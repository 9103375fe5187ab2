import { error, type Fault, type Finding, fault, warningAt } from '../model/finding.ts'
import { LimitReached } from '../model/limits.ts'
import type { Candidate, CandidatePath, CheckContext } from '../model/path.ts'
import type { NameGraph } from './graph.ts'
import {
  anchoredPath,
  extend,
  keyHint,
  type Link,
  likeliestFirst,
  openPath,
  signed,
  startAt,
  wouldLoop
} from './links.ts'

/** A way that leads to no valid path, and what of that the search has seen itself. */
export interface DeadEnd {
  readonly path: CandidatePath
  readonly findings: readonly Finding[]
}

/** A way so far, and whether every signature on it verifies. */
interface Way {
  readonly link: Link
  readonly sound: boolean
}

/** An issuer by name that was not followed: in words, and as the warning that it is worth. */
interface SetAside {
  readonly text: string
  readonly fault: Fault<'path-loop' | 'key-identifier-mismatch'> | undefined
}

const asLoop = ({ source }: Candidate): SetAside => ({
  text: `${source} stands in the path already`,
  fault: fault('path-loop', { source })
})

const asOtherKey = (child: Candidate['certificate'], { source, certificate }: Candidate): SetAside => ({
  text: `${source} has the name, but another key`,
  fault: fault('key-identifier-mismatch', {
    authorityKeyIdentifier: child.authorityKeyIdentifier?.keyIdentifier?.slice(0, longestIdentifier) ?? '',
    subjectKeyIdentifier: certificate.subjectKeyIdentifier?.slice(0, longestIdentifier) ?? '',
    source
  })
})

/** How many ways are followed for the sake of an explanation: more than a person reads. */
const mostDeadEnds = 32
/** How many issuers are looked at in all: in a mesh of cross-certificates they are as many on each way. */
const mostLooked = 20_000
/** How many set aside are named. */
const mostSetAside = 8
/** Digits of a key identifier that are told: of any hash in use, all. */
const longestIdentifier = 128

/**
 * Follows the target's issuers as far as they lead, for an explanation: to anchors and issuers whose signatures do not
 * verify, and to where no issuer is left.
 *
 * An issuer whose key identifier contradicts its child's, and whose signature does not verify, is another CA of the
 * same name (or its other key): it is named as set aside and not followed. `limit` is that at which the search ended, if it
 * did: complete paths that it may not have come to are given then as well.
 */
export const explore = (
  target: Candidate,
  graph: NameGraph,
  context: CheckContext,
  limit: LimitReached | undefined
): readonly DeadEnd[] => {
  const ends: DeadEnd[] = []
  let looked = 0
  const pending: Way[] = [{ link: startAt(target), sound: true }]
  for (let way = pending.shift(); way !== undefined && ends.length < mostDeadEnds; way = pending.shift()) {
    const { link } = way
    const child = link.candidate.certificate
    const setAside: SetAside[] = []
    const anchors = likeliestFirst(child, graph.anchorsNamed(child.issuer.key))
    const issuers = likeliestFirst(child, graph.issuersNamed(child.issuer.key))
    const { pathDepth } = context.budget.limits
    if (link.depth >= pathDepth && [...anchors, ...issuers].some(({ certificate }) => !wouldLoop(link, certificate))) {
      const text = `all further ones, for a path has at most ${pathDepth} certificates`
      ends.push(endOf(link, [{ text, fault: undefined }], anchors))
      continue
    }
    let followed = 0
    for (const issuer of [...anchors, ...issuers]) {
      if (ends.length + pending.length + followed >= mostDeadEnds) break
      if (looked++ >= mostLooked) {
        setAside.push({ text: 'the rest, for there are too many of that name', fault: undefined })
        break
      }
      if (wouldLoop(link, issuer.certificate)) {
        if (Buffer.compare(issuer.certificate.der, child.der) !== 0) setAside.push(asLoop(issuer))
        continue
      }
      const verifies = soundly(child, issuer, context)
      if (!verifies && keyHint(child, issuer.certificate) === 'mismatch') {
        setAside.push(asOtherKey(child, issuer))
        continue
      }
      followed++
      const sound = way.sound && verifies
      if ('rank' in issuer) {
        // Where every signature verifies, the search has been there, unless it was ended.
        const path = anchoredPath(link, issuer)
        if (!sound) ends.push({ path, findings: [] })
        else if (limit !== undefined) ends.push({ path, findings: [limitFinding(limit)] })
      } else {
        pending.push({ link: extend(link, issuer), sound })
      }
    }
    if (followed === 0) ends.push(endOf(link, setAside, anchors))
  }
  return ends
}

export const limitFinding = ({ limit, allowed }: LimitReached): Finding =>
  error('limit-reached', null, { limit, allowed })

/** Whether the signature verifies; one that the budget leaves untried does not count as sound. */
const soundly = (child: Candidate['certificate'], issuer: Candidate, context: CheckContext): boolean => {
  try {
    return signed(child, issuer.certificate, context)
  } catch (thrown) {
    if (thrown instanceof LimitReached) return false
    throw thrown
  }
}

/** As far as names and key identifiers tell: its signature has no bearing on what is missing. */
const isSelfSigned = (certificate: Candidate['certificate']): boolean =>
  certificate.selfIssued && keyHint(certificate, certificate) !== 'mismatch'

/** What there is to say where no issuer is left. */
const endOf = (link: Link, setAside: readonly SetAside[], anchors: readonly Candidate[]): DeadEnd => {
  const path = openPath(link)
  const at = path.entries.length - 1
  const { subject, issuer, authorityKeyIdentifier } = link.candidate.certificate
  const named = setAside.slice(0, mostSetAside)
  const reasons = named.flatMap(({ fault }) => (fault === undefined ? [] : [warningAt(at, fault)]))
  if (
    isSelfSigned(link.candidate.certificate) &&
    setAside.every(({ fault }) => fault?.code === 'key-identifier-mismatch')
  ) {
    if (at > 0) return { path, findings: [error('root-not-trusted', at, { subject: subject.text }), ...reasons] }
    const { der } = link.candidate.certificate
    const isAnchor = anchors.some(({ certificate }) => Buffer.compare(certificate.der, der) === 0)
    return { path, findings: [error('self-signed-not-trusted', at, { subject: subject.text, isAnchor }), ...reasons] }
  }
  const identifier = authorityKeyIdentifier?.keyIdentifier
  const details = {
    issuer: issuer.text,
    ...(identifier === undefined ? {} : { authorityKeyIdentifier: identifier.slice(0, longestIdentifier) }),
    ...(named.length === 0 ? {} : { setAside: named.map(({ text }) => text) })
  }
  return { path, findings: [error('issuer-not-found', at, details), ...reasons] }
}
