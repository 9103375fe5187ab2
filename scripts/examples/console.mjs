/**
 * An example is a block of `console`: commands after `$ `, each with what it prints. What has to be done before, and readers need not
 * see, stands in a comment: `<!-- run: COMMAND -->`.
 */
const block = /(```console\n)([\s\S]*?)(```)|^<!-- run: (.*) -->$/gm

/** What closes the here document that a line opens. */
const hereDocument = /<< ?'?([A-Z]+)'?/

/**
 * The commands of a block. One goes on where a line ends in `\`, and where a here document is open; all else is what it
 * printed.
 */
const commandsOf = (text) => {
  const examples = []
  let end
  for (const line of text.split('\n').slice(0, -1)) {
    const last = examples.at(-1)
    const open = last !== undefined && last.printed.length === 0
    if (open && end !== undefined) {
      last.command += `\n${line}`
      if (line === end) end = undefined
    } else if (open && last.command.endsWith('\\')) last.command += `\n${line}`
    else if (line.startsWith('$ ')) {
      examples.push({ command: line.slice(2), printed: [] })
      end = hereDocument.exec(line)?.[1]
    } else last?.printed.push(line)
  }
  return examples.map(({ command, printed }) => ({ command, printed: printed.join('\n') }))
}

/** All commands of a document, in its order. */
export const examplesOf = (document) =>
  [...document.matchAll(block)].flatMap(([, , text, , unseen]) =>
    unseen === undefined ? commandsOf(text) : [{ command: unseen, printed: '' }]
  )

/** The document with what its commands really printed, in their order. */
export const withPrinted = (document, printed) => {
  let at = 0
  return document.replaceAll(block, (whole, open, text, close, unseen) => {
    if (unseen !== undefined) {
      at++
      return whole
    }
    const examples = commandsOf(text).map(({ command }) => {
      const output = printed[at++] ?? ''
      return `$ ${command}\n${output === '' ? '' : `${output}\n`}`
    })
    return `${open}${examples.join('')}${close}`
  })
}
