import ts from 'typescript'

/** Globals through which code would reach the clock, the environment, the network, chance or the terminal. */
const outside = new Set([
  'process',
  'fetch',
  'performance',
  'console',
  'globalThis',
  'global',
  'crypto',
  'WebSocket',
  'EventSource',
  'XMLHttpRequest',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask'
])

/**
 * The uses of ambient state in the TypeScript `text`, as `line: what`. A time that is given, as in `new Date(0)`, is
 * none; the present one, as in `new Date()`, is.
 */
export function ambientUses(text: string): readonly string[] {
  const file = ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest, true)
  const uses: string[] = []
  const visit = (node: ts.Node): void => {
    const use = ambientUse(node)
    if (use !== undefined) uses.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${use}`)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return uses
}

function ambientUse(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && (node.arguments?.length ?? 0) === 0) {
    return 'new Date()'
  }
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date()'
  if (ts.isPropertyAccessExpression(node)) {
    if (isNamed(node.expression, 'Date') && node.name.text === 'now') return 'Date.now'
    if (isNamed(node.expression, 'Math') && node.name.text === 'random') return 'Math.random'
  }
  if (ts.isIdentifier(node) && outside.has(node.text) && isReference(node)) return node.text
  return undefined
}

function isNamed(node: ts.Expression, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

/** Whether an identifier stands for a variable, and is not the name of a property, a parameter or a type's member. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  return !('name' in parent && parent.name === node)
}
