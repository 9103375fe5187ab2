// The types of an OpenAPI description, as TypeScript that declares and runs nothing: an interface or type for each schema, and
// for each operation its method, path, query, body and answer. It knows the part of JSON Schema that this project's schemas
// use, and throws at anything else rather than leave it out.

const indent = (text) => text.replaceAll('\n', '\n  ')

const doc = (text) => {
  if (text === undefined) return ''
  const safe = text.replaceAll('*/', '*\\/')
  return safe.includes('\n') ? `/**\n${safe.replaceAll(/^/gm, ' * ')}\n */\n` : `/** ${safe} */\n`
}

const named = (reference) => reference.replace('#/components/schemas/', '')
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))
const inList = (type) => (type.includes(' | ') ? `(${type})` : type)

const known = new Set(
  'type enum const properties required additionalProperties items anyOf oneOf $ref description default example examples format pattern minimum maximum minItems maxItems minLength maxLength title'.split(
    ' '
  )
)

/** The type that a schema describes. */
const typeOf = (schema) => {
  const strange = Object.keys(schema).filter((word) => !known.has(word))
  if (strange.length > 0)
    throw new Error(`The types of clients do not know what ${strange.join(', ')} means in a schema`)
  if (schema.$ref !== undefined) return named(schema.$ref)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(typeOf).join(' | ')
  if (schema.type === undefined) return 'unknown'
  return [schema.type]
    .flat()
    .map((type) => plainType(type, schema))
    .join(' | ')
}

const plainType = (type, schema) => {
  if (type === 'array') return `readonly ${inList(typeOf(schema.items ?? {}))}[]`
  if (type === 'object') return objectType(schema)
  if (type === 'integer') return 'number'
  return type
}

const objectType = ({ properties, required = [], additionalProperties }) => {
  if (properties === undefined) return '{ readonly [name: string]: unknown }'
  const members = Object.entries(properties).map(([name, schema]) => {
    const optional = required.includes(name) ? '' : '?'
    return `${doc(schema.description)}readonly ${key(name)}${optional}: ${typeOf(schema)}`
  })
  if (additionalProperties === true) members.push('readonly [name: string]: unknown')
  return members.length === 0 ? 'object' : `{\n  ${indent(members.join('\n'))}\n}`
}

const schemaOf = (content) => {
  const [type] = ['application/json', 'application/x-ndjson'].filter((name) => content?.[name] !== undefined)
  return type === undefined ? undefined : typeOf(content[type].schema)
}

const operationType = (path, method, operation) => {
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const properties = Object.fromEntries(
    query.map(({ name, schema, description }) => [name, { description, ...schema }])
  )
  return objectTypeOf({
    method: JSON.stringify(method.toUpperCase()),
    path: JSON.stringify(path),
    query: query.length === 0 ? 'object' : objectType({ properties }),
    body: schemaOf(operation.requestBody?.content) ?? 'undefined',
    answer: schemaOf(operation.responses[200]?.content) ?? 'string'
  })
}

const objectTypeOf = (members) =>
  `{\n${Object.entries(members)
    .map(([name, type]) => `  readonly ${name}: ${indent(type)}`)
    .join('\n')}\n}`

/** The text of a declaration file for the description. */
export const typesOf = ({ components, paths }) => {
  const schemas = Object.entries(components.schemas).map(([name, schema]) => {
    const type = typeOf(schema)
    const plain = type.startsWith('{\n') && type.indexOf('\n}') === type.length - 2
    return `${doc(schema.description)}export ${plain ? `interface ${name} ${type}` : `type ${name} = ${type}`}`
  })
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      return `${doc(operation.summary)}readonly ${operation.operationId}: ${operationType(path, method, operation)}`
    })
  )
  return [
    '// Written from openapi.json by "npm run openapi"; not by hand.',
    ...schemas,
    `/** Every operation by its id. */\nexport interface Operations {\n  ${indent(operations.join('\n'))}\n}`,
    ''
  ].join('\n\n')
}
