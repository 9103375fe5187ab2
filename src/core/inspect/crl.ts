import { signatureAlgorithmName } from '../decode/key/signature-algorithm.ts'
import type { Crl } from '../model/crl.ts'
import type { CrlDescription } from '../model/description.ts'
import { describeFault, extensionItem, instant, Told } from './parts.ts'

/** What a CRL says of itself; of its entries, only how many there are. Reads it whole. */
export const describeCrl = (crl: Crl): CrlDescription => {
  const told = new Told()
  const description = {
    type: 'crl' as const,
    issuer: crl.issuer.text,
    thisUpdate: instant(crl.thisUpdate),
    nextUpdate: instant(crl.nextUpdate),
    signatureAlgorithm:
      crl.signatureAlgorithm === undefined ? null : signatureAlgorithmName(crl.signatureAlgorithm.oid),
    isDelta: crl.isDelta,
    entryCount: crl.entryCount,
    extensions: told.list(crl.extensions, extensionItem),
    faults: told.list(crl.faults, describeFault)
  }
  return { ...description, truncated: told.truncated }
}
