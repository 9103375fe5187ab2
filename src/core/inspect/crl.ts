import { signatureAlgorithmName } from '../decode/key/signature-algorithm.ts'
import type { Crl } from '../model/crl.ts'
import type { CrlDescription } from '../model/description.ts'
import { describeFault, extensionItem, instant } from './parts.ts'

/** What a CRL says of itself; of its entries, only how many there are. Reads it whole. */
export const describeCrl = (crl: Crl): CrlDescription => ({
  type: 'crl',
  issuer: crl.issuer.text,
  thisUpdate: instant(crl.thisUpdate),
  nextUpdate: instant(crl.nextUpdate),
  signatureAlgorithm: crl.signatureAlgorithm === undefined ? null : signatureAlgorithmName(crl.signatureAlgorithm.oid),
  isDelta: crl.isDelta,
  entryCount: crl.entryCount,
  extensions: crl.extensions.map(extensionItem),
  faults: crl.faults.map(describeFault)
})
