import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../support/service-app.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const filesIn = (pattern: string | string[], cwd: string): readonly string[] =>
  globSync(pattern, { cwd })
    .map((name) => name.replaceAll('\\', '/'))
    .sort()

const documents = filesIn(['docs/**/*.md', 'SECURITY.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'README.md'], root)
const pages = filesIn('**/*.html', join(root, 'dist/guide'))

/** Markdown without its blocks and spans of code, in which nothing is a link. */
const prose = (name: string): string =>
  readFileSync(join(root, name), 'utf8')
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '')

/** What a heading's fragment is on GitHub: letters, digits, hyphens and underscores of its text. */
const fragmentsOf = (name: string): ReadonlySet<string> => {
  const headings = readFileSync(join(root, name), 'utf8')
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .matchAll(/^#+ (.*)$/gm)
  return new Set(
    [...headings].map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-')
    )
  )
}

describe('the links of the documents, where they lie', () => {
  it('lead to files and headings that are there', () => {
    expect(documents.length).toBeGreaterThan(30)
    const broken = documents.flatMap((name) =>
      [...prose(name).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, href = '']) => {
        if (/^https?:/.test(href)) return []
        const [target = '', fragment] = href.split('#')
        const file = target === '' ? name : posix.normalize(posix.join(posix.dirname(name), target)).replace(/\/$/, '')
        if (!existsSync(join(root, file))) return [`${name}: ${href}`]
        return fragment === undefined || fragmentsOf(file).has(fragment) ? [] : [`${name}: ${href}`]
      })
    )
    expect(broken).toEqual([])
  })
})

interface Link {
  readonly page: string
  readonly href: string
}

const linksOf = (page: string): readonly Link[] =>
  [...readFileSync(join(root, 'dist/guide', page), 'utf8').matchAll(/ (?:href|src)="([^"]*)"/g)].map(
    ([, href = '']) => ({
      page,
      href
    })
  )

describe('the guide, over HTTP', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await testApp()
    await test.app.ready()
  })
  afterAll(() => test.app.close())

  it('has a page for each document', () => {
    const made = documents
      .filter((name) => name !== 'README.md')
      .map((name) => name.replace(/^(?!docs\/)/, 'docs/project/'))
    expect(pages).toEqual(
      made
        .map((name) =>
          name
            .slice('docs/'.length)
            .replace(/(^|\/)README\.md$/, '$1index.html')
            .replace(/\.md$/, '.html')
        )
        .sort()
    )
  })

  it('leads nowhere but to what the service gives, and to fragments that are there', async () => {
    const base = 'http://service.test'
    const inside = pages
      .flatMap(linksOf)
      .map((link) => ({ ...link, url: new URL(link.href, `${base}/guide/${link.page}`) }))
      .filter(({ url }) => url.origin === base)
    expect(inside.length).toBeGreaterThan(1_000)
    const bodies = new Map<string, string>()
    for (const path of new Set(inside.map(({ url }) => url.pathname))) {
      const answer = await request(test.app.server).get(path).set('accept', 'text/html, */*').redirects(1)
      if (answer.status === 200) bodies.set(path, answer.text ?? '')
    }
    const broken = inside.filter(({ url }) => {
      const body = bodies.get(url.pathname)
      return body === undefined || (url.hash !== '' && !body.includes(` id="${decodeURIComponent(url.hash.slice(1))}"`))
    })
    expect(broken.map(({ page, href }) => `${page}: ${href}`)).toEqual([])
  })

  it('loads nothing from elsewhere, and runs no script of a page', () => {
    for (const page of pages) {
      const html = readFileSync(join(root, 'dist/guide', page), 'utf8')
      const loaded = [...html.matchAll(/<(?:link|script|img|iframe)\b[^>]*?(?:href|src)="([^"]*)"/g)]
      expect(loaded.length).toBeGreaterThan(3)
      expect(loaded.filter(([, address = '']) => !/^(?:\.\.\/)+static\/page\//.test(address))).toEqual([])
      expect(html).not.toMatch(/<script(?! type="module" src=)|\son\w+=|\sstyle=/)
    }
  })

  it('shows names and texts of documents as text', () => {
    const html = readFileSync(join(root, 'dist/guide/errors.html'), 'utf8')
    expect(html).toContain('subjectAltName=DNS:…')
    const [, body = ''] = /<main id="text">([\s\S]*)<\/main>/.exec(html) ?? []
    const elements = new Set([...body.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name))
    expect([...elements].sort()).toEqual(['a', 'code', 'em', 'h1', 'h2', 'h3', 'li', 'p', 'pre', 'strong', 'ul'])
  })

  it.for(['/guide/nothing.html', '/guide/../package.json', '/guide/%2e%2e/main.js', '/guide/tutorial', '/guide//'])(
    'has nothing at %s',
    async (path) => {
      const answer = await request(test.app.server).get(path).expect(404)
      expect(answer.body.code).toBe('not-found')
    }
  )

  it('is found without the last slash, and takes GET and HEAD alone', async () => {
    const moved = await request(test.app.server).get('/guide').expect(308)
    expect(moved.headers['location']).toBe('guide/')
    const first = await request(test.app.server).get('/guide/').expect(200)
    expect(first.text).toContain('<h1 id="vidimus-guide">')
    expect(first.headers['content-security-policy']).toContain("default-src 'none'")
    await request(test.app.server).head('/guide/tutorial/').expect(200)
    const refused = await request(test.app.server).post('/guide/').expect(405)
    expect(refused.headers['allow']).toBe('GET, HEAD')
  })

  it('is named by the description of the API', async () => {
    const { body } = await request(test.app.server).get('/openapi.json').expect(200)
    expect(body.externalDocs.url).toBe('guide/')
  })
})

describe('the reference of the API', () => {
  it('names every route of the description', async () => {
    const { paths } = JSON.parse(readFileSync(join(root, 'openapi/openapi.json'), 'utf8')) as {
      readonly paths: Readonly<Record<string, object>>
    }
    const page = readFileSync(join(root, 'docs/reference/api.md'), 'utf8')
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `\`${method.toUpperCase()} ${path}\``)
    )
    expect(routes.filter((route) => !page.includes(route))).toEqual([])
  })
})
