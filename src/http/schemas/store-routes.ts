import { mediaTypes } from '../body/media-types.ts'
import { problemType } from '../problem.ts'
import { storeTypes } from '../store-representations.ts'
import { exampleRequest } from './example.ts'
import { overLimit, overLimits } from './limits.ts'
import { ProblemSchema } from './problem.ts'
import { RehearsalReport, RehearsalRequest } from './rehearsal.ts'
import { ref } from './shapes.ts'
import {
  AnchorsQuery,
  ChangeQuery,
  NameParameter,
  StoreForm,
  StoreUpload,
  UploadQuery,
  VersionParameters,
  VersionsQuery
} from './store-requests.ts'
import {
  StoreChange,
  StoreVersionContents,
  StoreVersionList,
  TrustStoreContents,
  TrustStoreList
} from './trust-stores.ts'

const problem = (description: string) => ({ description, content: { [problemType]: { schema: ref(ProblemSchema) } } })
const json = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } })

const tags = ['trust stores']
const pem = { type: 'string', description: 'PEM of the certificates, each below a line with # and its subject.' }
const etag = { type: 'string', description: 'Stands for the version and the form. Either form is taken in If-Match.' }

const inEveryForm = (description: string, schema: object) => ({
  description,
  headers: { etag },
  content: Object.fromEntries(
    storeTypes.map((type) => [
      type,
      {
        schema:
          type === 'application/json'
            ? schema
            : { ...pem, examples: [`# CN=Example CA,O=Example\n${exampleRequest.caBundle}`] }
      }
    ])
  )
})

/** RFC 9110 §13.1.1, §13.1.2. */
const header = (name: string, description: string) => ({
  [name]: {
    type: 'string',
    pattern: '^(?:\\*|(?:W/)?"[!#-~]*"(?:, ?(?:W/)?"[!#-~]*")*)$',
    description,
    examples: ['"3"']
  }
})
const conditions = {
  type: 'object',
  properties: {
    ...header(
      'if-match',
      'Entity tags, or * for whatever there is: changes nothing where the store is another by now.'
    ),
    ...header('if-none-match', '* creates only: changes nothing where there is a store.')
  }
}
const unlessKnown = {
  type: 'object',
  properties: header('if-none-match', 'Entity tags that the client has: 304 where the store is still the same.')
}

const reading = {
  400: problem('The name or a parameter is not what it may be.'),
  404: problem('There is no such trust store, or no such version of it.'),
  406: problem('The client takes none of the forms.'),
  412: problem('The store is not the one of If-Match.'),
  ...overLimits
}

const changing = {
  400: problem('The request is not what the contract says.'),
  401: problem('The request has no token, or one that may not change trust stores.'),
  403: problem('No token is configured, so that nobody may change trust stores.'),
  404: problem('There is no such trust store, or no such version of it.'),
  409: problem('The store is one of the configuration, or the change cannot be made of it.'),
  412: problem('The store is not as If-Match or If-None-Match asks for. Nothing was changed.'),
  429: overLimit('Too many wrong tokens are presented, or the client asks more often than it may.'),
  503: overLimit('Over a load limit, or the database is busy. Nothing was changed.'),
  507: problem('Nothing can be kept: no room, or no right to write. Nothing was changed.'),
  '5xx': problem('The service failed.')
}

const bodies = Object.entries(mediaTypes).map(([type, kind]) => {
  if (kind === 'json') return [type, { schema: ref(StoreUpload) }]
  if (kind === 'form') return [type, { schema: ref(StoreForm) }]
  const text = { type: 'string', description: 'PEM text.', examples: [exampleRequest.caBundle] }
  return [type, { schema: /pem|text/.test(type) ? text : { type: 'string', format: 'binary' } }]
})

export const listStoresSchema = {
  operationId: 'listTrustStores',
  tags,
  summary: 'The trust stores',
  response: { 200: json('All of them.', ref(TrustStoreList)), ...overLimits }
}

export const getStoreSchema = {
  operationId: 'getTrustStore',
  tags,
  summary: 'What a trust store holds',
  description: 'JSON in pages, or the whole as PEM where Accept asks for it.',
  params: NameParameter,
  querystring: AnchorsQuery,
  headers: unlessKnown,
  response: {
    200: inEveryForm('The trust store.', ref(TrustStoreContents)),
    304: { type: 'null', description: 'It is still what If-None-Match names.' },
    ...reading
  }
}

export const putStoreSchema = {
  operationId: 'putTrustStore',
  tags,
  summary: 'Makes or changes an uploaded trust store',
  description:
    'All or nothing: the answer comes when the new version is kept for good and served. One certificate that cannot be read refuses the whole, unless partial=true; one that is not of a CA, unless allowEndEntity=true; a private key always. dryRun=true tells what would change, needs no token, and writes nothing.',
  security: [{ bearer: [] }, {}],
  params: NameParameter,
  querystring: UploadQuery,
  headers: conditions,
  body: { required: true, content: Object.fromEntries(bodies) },
  response: {
    200: { ...json('It was changed, was so already, or would be.', ref(StoreChange)), headers: { etag } },
    201: { ...json('It was created.', ref(StoreChange)), headers: { etag } },
    408: problem('The request did not arrive in time.'),
    413: problem('The body, or a count in it, is over a limit.'),
    415: problem('The content type is not taken.'),
    422: problem(
      'Something in it cannot be taken: every fault, with its place; or to read it costs more than one request may.'
    ),
    ...changing
  }
}

export const deleteStoreSchema = {
  operationId: 'deleteTrustStore',
  tags,
  summary: 'Deletes an uploaded trust store',
  description: 'Its versions stay, and one of them can be restored.',
  security: [{ bearer: [] }, {}],
  params: NameParameter,
  querystring: ChangeQuery,
  headers: conditions,
  response: { 200: json('It was deleted, or would be.', ref(StoreChange)), ...changing }
}

export const listVersionsSchema = {
  operationId: 'listTrustStoreVersions',
  tags,
  summary: 'The changes of an uploaded trust store',
  description:
    'Who changed it, when, from which digest to which; of deleted stores too. None for a store of the configuration.',
  params: NameParameter,
  querystring: VersionsQuery,
  response: {
    200: json('A page of them, the newest first.', ref(StoreVersionList)),
    400: reading[400],
    404: reading[404],
    ...overLimits,
    503: overLimit('Over a load limit, or the database does not answer.')
  }
}

export const getVersionSchema = {
  operationId: 'getTrustStoreVersion',
  tags,
  summary: 'What a version of a trust store holds',
  params: VersionParameters,
  querystring: AnchorsQuery,
  headers: unlessKnown,
  response: {
    200: inEveryForm('The version.', ref(StoreVersionContents)),
    304: { type: 'null', description: 'The client has it already.' },
    ...reading,
    409: problem('The version is damaged.'),
    410: problem('It is a deletion, or its content is kept no longer.'),
    503: overLimit('Over a load limit, or the database does not answer.')
  }
}

export const rehearseSchema = {
  operationId: 'rehearseTrustStore',
  tags,
  summary: 'Tells which verdicts a change of a trust store would flip',
  description:
    'Validates each request with the trust stores as they are and with the proposed one in place of the one that is named, which need not be there, and may be one of the configuration. Nothing is written.',
  security: [{}, { bearer: [] }],
  params: NameParameter,
  body: { required: true, content: { 'application/json': { schema: ref(RehearsalRequest) } } },
  response: {
    200: json('What was found.', ref(RehearsalReport)),
    400: changing[400],
    408: problem('The request did not arrive in time.'),
    401: problem('Remembered requests are asked for, without a token that may change trust stores.'),
    403: problem('Remembered requests are asked for, and no token is configured.'),
    409: changing[409],
    413: problem('The body, or a count in it, is over a limit.'),
    415: problem('The content type is not taken.'),
    422: problem(
      'Something in the proposed store cannot be taken: every fault, with its place; or to read it costs more than one request may.'
    ),
    429: changing[429],
    503: overLimit('Over a load limit, other rehearsals are going on, or the database is busy.'),
    '5xx': changing['5xx']
  }
}

export const restoreStoreSchema = {
  operationId: 'restoreTrustStore',
  tags,
  summary: 'Goes back to an older version of a trust store',
  description: 'Makes a new version with the content of an old one, of a deleted store too.',
  security: [{ bearer: [] }, {}],
  params: VersionParameters,
  querystring: ChangeQuery,
  headers: conditions,
  response: {
    200: { ...json('It was restored, was so already, or would be.', ref(StoreChange)), headers: { etag } },
    201: { ...json('It was restored after it had been deleted.', ref(StoreChange)), headers: { etag } },
    410: problem('That version is a deletion, or its content is kept no longer.'),
    ...changing
  }
}
