import type { ConstraintsDocument } from '../core/constraints/document.ts'

/**
 * What Mozilla’s root program says of the roots that Node.js 26.10.0 brings along, beside the roots themselves: dates after which
 * what they issue is not trusted, names that they are limited to, and that a root is no longer trusted for servers.
 *
 * Facts out of NSS (certdata.txt and genname.c, Mozilla, MPL-2.0) by way of the Go module golang.org/x/crypto/x509roots/fallback
 * v0.0.0-20261030153154-30a33513ff6d (The Go Authors, BSD-3-Clause). Written by scripts/mozilla-constraints.mjs; do not edit.
 */
export const mozillaConstraints: ConstraintsDocument = {
  // emSign Root CA - C1
  '125609aa301da0a249b97a8239cb6a34216f44dcac9f3954b14292f2e8c8608f': { rejectedPurposes: ['serverAuth'] },
  // Izenpe.com
  '2530cc8e98321502bad96f9b1fba1b099e2d299e0f4548bb914f363bc0d4531f': { distrustAfter: '2026-04-15T23:59:59Z' },
  // TUBITAK Kamu SM SSL Kok Sertifikasi - Surum 1
  '46edc3689046d53a453fb3104ab80dcaec658b2660ea1629dd7e867990648716': {
    nameConstraints: { permitted: [{ type: 'dns', value: '.tr' }] }
  },
  // emSign ECC Root CA - G3
  '86a1ecba089c4a8d3bbe2734c612ba341d813e043cf9e8a862cd5c57a36bbe6b': { rejectedPurposes: ['serverAuth'] },
  // emSign ECC Root CA - C3
  bc4d809b15189d78db3e1d8cf4f9726a795da1643ca5f1358e1ddb0edc0d7eb3: { rejectedPurposes: ['serverAuth'] }
}
