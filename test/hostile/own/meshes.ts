import { basicConstraints, certSignAndCrlSign, type Issued, issue, keyUsage, server } from '../../support/authority.ts'
import { json, keyNumber, type OwnCase, pem, times } from './case.ts'

const name = 'One Name'
const extensions = [basicConstraints(true), keyUsage(certSignAndCrlSign)]

interface Mesh {
  readonly size: number
  readonly keyIdentifiers: boolean
  /** Whether the anchor has issued a certificate to one of the mesh. */
  readonly way: boolean
}

/** Each CA has a certificate by each other, and all have one name: key identifiers, if there are any, tell them apart. */
const meshOf =
  ({ size, keyIdentifiers, way }: Mesh): OwnCase['make'] =>
  () => {
    const authority = (key: number, issuer?: Issued): Issued =>
      issue({
        subject: name,
        key: keyNumber(key),
        keyIdentifiers,
        extensions,
        ...(issuer === undefined ? {} : { issuer })
      })
    const selves = times(size, (n) => authority(n))
    const anchor = authority(size)
    const mesh = selves.flatMap((issuer, by) => selves.flatMap((_, of) => (of === by ? [] : [authority(of, issuer)])))
    const last = selves.at(-1) ?? anchor
    return json({
      chain: server(last, 'www.example.test', { keyIdentifiers }).pem,
      intermediates: pem([...mesh, ...(way ? [authority(0, anchor)] : [])]),
      caBundle: anchor.pem
    })
  }

export const meshes: readonly OwnCase[] = [20, 40].flatMap((size) =>
  [true, false].flatMap((way) =>
    [true, false].map(
      (keyIdentifiers) =>
        ({
          id: `mesh of ${size}, ${way ? 'with' : 'without'} a way, ${keyIdentifiers ? 'with' : 'without'} key identifiers`,
          allowed: [way ? 'valid' : 'invalid'],
          make: meshOf({ size, way, keyIdentifiers })
        }) satisfies OwnCase
    )
  )
)

/** The CAs of a chain of rows, each with a certificate by each of the row above: as many paths as columns to the power of rows. */
const lattice =
  (rows: number, columns: number, way: boolean): OwnCase['make'] =>
  () => {
    const authority = (row: number, column: number, issuer?: Issued): Issued =>
      issue({
        subject: `Row ${row}`,
        key: keyNumber(row * columns + column),
        extensions,
        ...(issuer === undefined ? {} : { issuer })
      })
    const anchor = issue({
      subject: 'Row 0',
      key: keyNumber(0),
      extensions,
      notAfter: way ? '350101000000' : '250601000000'
    })
    const intermediates = times(rows - 1, (row) =>
      times(columns, (above) =>
        times(columns, (column) => authority(row + 1, column, row === 0 ? anchor : authority(row, above)))
      ).flat()
    ).flat()
    const last = intermediates.at(-1) ?? anchor
    return json({ chain: server(last).pem, intermediates: pem(intermediates), caBundle: anchor.pem })
  }

export const lattices: readonly OwnCase[] = [true, false].map((way) => ({
  id: `20 rows of 6 CAs, each certified by each above, under a root that ${way ? 'is valid' : 'has expired'}`,
  allowed: [way ? 'valid' : 'invalid'],
  make: lattice(20, 6, way)
}))

const rootsOf =
  (count: number, keyIdentifiers: boolean, issued: boolean): OwnCase['make'] =>
  () => {
    const roots = times(count, (n) => issue({ subject: name, key: keyNumber(n), keyIdentifiers, extensions }))
    const stranger = issue({ subject: name, key: keyNumber(count), keyIdentifiers, extensions })
    const issuer = issued ? (roots.at(-1) ?? stranger) : stranger
    return json({ chain: server(issuer, 'www.example.test', { keyIdentifiers }).pem, caBundle: pem(roots) })
  }

export const roots: readonly OwnCase[] = [1_990, 4_800].flatMap((count) =>
  [true, false].flatMap((issued) =>
    [true, false].map(
      (keyIdentifiers) =>
        ({
          id: `${count} roots of one name, ${issued ? 'the last' : 'none'} of which issued it, ${keyIdentifiers ? 'with' : 'without'} key identifiers`,
          allowed: [issued ? 'valid' : 'invalid', ...(count > 2_000 ? (['limit'] as const) : [])],
          make: rootsOf(count, keyIdentifiers, issued)
        }) satisfies OwnCase
    )
  )
)
