/**
 * A file of the package, by its path there: the manifest, an entry of `dist` that is started as a process, a page.
 *
 * What is shipped is bundled (decision 18), so a module must not look for files from where it lies itself. This one may: it lies
 * in `dist` itself, alone and in a bundle.
 */
export const packageFile = (path: string): URL => new URL(`../${path}`, import.meta.url)
