import type { FastifyRequest } from 'fastify'

/** A path that is there: its pattern, and the methods that it takes. */
export interface KnownPath {
  readonly pattern: string
  readonly methods: ReadonlySet<string>
}

/**
 * Finds the path that the target of a request names, whatever its method. Throws a `URIError` where it cannot be decoded, or a
 * parameter is too long.
 */
export type KnownPaths = (target: string) => KnownPath | undefined

/** Characters that a parameter has at most, as Fastify's router counts them. */
const longestParameter = 100

/**
 * The paths of `routes`, for when Fastify finds no route since the method is another. It could have routes for these as well, one
 * for each path and each of 34 methods: they were a fifth of the start. Targets are read as its router reads them. The routes have
 * to be complete at the first call alone.
 */
export const knownPaths = (routes: ReadonlyMap<string, ReadonlySet<string>>): KnownPaths => {
  const read = () =>
    [...routes].map(([pattern, methods]) => ({ parts: pattern.split('/'), path: { pattern, methods } }))
  let paths: ReturnType<typeof read> | undefined
  return (target) => {
    paths ??= read()
    const given = decodedPath(target).split('/')
    return paths.find(({ parts }) => matches(parts, given))?.path
  }
}

/** The pattern of the path that a request is for; undefined where there is none. Clients cannot make it up. */
export type RouteOf = (request: Pick<FastifyRequest, 'is404' | 'raw' | 'routeOptions'>) => string | undefined

export const routeOf =
  (known: KnownPaths): RouteOf =>
  ({ is404, raw, routeOptions }) => {
    if (!is404) return routeOptions.url
    try {
      return known(raw.url ?? '')?.pattern
    } catch {
      return undefined
    }
  }

const matches = (parts: readonly string[], given: readonly string[]): boolean => {
  const wild = parts.at(-1) === '*'
  const fixed = wild ? parts.slice(0, -1) : parts
  return (
    fixed.every((part, at) => matchesPart(part, given[at])) &&
    (wild ? given.length > fixed.length : given.length === fixed.length)
  )
}

const matchesPart = (part: string, given: string | undefined): boolean => {
  if (given === undefined || !part.startsWith(':')) return part === given
  if (given.replaceAll(/%[0-9a-f]{2}/gi, '-').length > longestParameter) throw new URIError('A parameter is too long')
  return true
}

/** What stands for something else in a path stays as it is, and is no end of a part. */
const decodedPath = (target: string): string => decodeURI(pathOf(target).replaceAll('%25', '%2525'))

/** RFC 9112 §3.2: the path of a target in origin-form or absolute-form. */
const pathOf = (target: string): string => {
  const path = target.startsWith('/') ? target : pathOfAbsolute(target)
  const end = path.slice(1).search(/[?#]/)
  return end === -1 ? path : path.slice(0, end + 1)
}

const pathOfAbsolute = (target: string): string => {
  // Whatever is first is the root to the router, as in the target of OPTIONS *.
  if (!/^https?:\/\//i.test(target)) return `/${target.slice(1)}`
  const path = target.replace(/^https?:\/\/[^/?#]+\/?/i, '/')
  if (path === target || target.includes('#') || !URL.canParse(target)) throw new URIError('The target is no URI')
  return path
}
