import { existsSync } from 'node:fs'

/**
 * The folder of what was built, where the files lie that are given to browsers: that of the entry, whether this module is a
 * file of its own below it or bundled into it. Throws where there is none, as after a build that was not finished.
 */
export const builtFolder = (): URL => {
  for (const above of ['./', '../', '../../']) {
    const folder = new URL(above, import.meta.url)
    if (existsSync(new URL('page/index.html', folder))) return folder
  }
  throw new Error('The files of the page are not where the program is: build it again')
}
