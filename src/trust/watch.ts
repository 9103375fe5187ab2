import { type FSWatcher, watch } from 'node:fs'
import { dirname } from 'node:path'
import type { StoreSource } from './sources.ts'

/**
 * Calls `changed` where something happens in the folders of a store, until it is closed. It is a help alone: where watching
 * does not work, as on file systems of the network, or for want of watches, nothing is called and nothing is said.
 */
export const watchFolders = (source: StoreSource, changed: () => void): { close(): void } => {
  // A file is watched by its folder: one that is renamed into its place is another file.
  const folders = new Set(source.places.map(({ form, path }) => (form === 'file' ? dirname(path) : path)))
  const watchers = [...folders].flatMap((folder) => watcherOf(folder, changed) ?? [])
  return {
    close: () => {
      for (const watcher of watchers) watcher.close()
    }
  }
}

const watcherOf = (folder: string, changed: () => void): FSWatcher | undefined => {
  try {
    const watcher = watch(folder, { persistent: false }, changed)
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
