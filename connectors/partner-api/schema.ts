// JSON Schema of the settings of a partner's API: the console draws its form from it.

const text = { type: 'string', minLength: 1 } as const;
const pointer = { type: 'string', pattern: '^(/[^/]*)*$' } as const;
const header = { type: 'string', pattern: '^[A-Za-z0-9-]{1,64}$' } as const;
const words = { type: 'object', additionalProperties: { type: 'array', items: text } } as const;
const pageSize = { type: 'integer', minimum: 1, maximum: 5000, description: '100 where none is set.' } as const;

const kindIs = <Kind extends string>(kind: Kind) => ({ const: kind }) as const;

const authentication = {
  title: 'Authentication',
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind'],
      properties: {
        kind: { ...kindIs('header'), description: 'The secret apiKey in a header.' },
        header: { ...header },
        prefix: { type: 'string', description: 'What stands before the key, "Bearer " for example.' },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind'],
      properties: { kind: { ...kindIs('basic'), description: 'The secrets username and password.' } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'tokenUrl'],
      properties: {
        kind: { ...kindIs('clientCredentials'), description: 'OAuth 2.0 with the secrets clientId and clientSecret.' },
        tokenUrl: { type: 'string', pattern: '^https?://', title: 'Address of tokens' },
        scope: { type: 'string' },
        credentialsIn: { enum: ['body', 'header'] },
      },
    },
  ],
} as const;

const paging = {
  title: 'Paging',
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind'],
      properties: { kind: { ...kindIs('none'), description: 'Everything comes in one answer.' } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind'],
      properties: {
        kind: { ...kindIs('page'), description: 'Numbered pages, until one is not full.' },
        page: { ...text },
        size: { ...text },
        first: { type: 'integer', minimum: 0, maximum: 1 },
        pageSize,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind'],
      properties: {
        kind: { ...kindIs('offset'), description: 'So many records are left out, until a page is not full.' },
        offset: { ...text },
        size: { ...text },
        pageSize,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'at'],
      properties: {
        kind: { ...kindIs('cursor'), description: 'Each answer holds what to ask the next one with.' },
        parameter: { ...text },
        at: { ...pointer, title: 'Where the cursor stands (JSON pointer)' },
        size: { ...text },
        pageSize,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind'],
      properties: {
        kind: {
          ...kindIs('link'),
          description: 'Each answer holds the address of the next one, or its Link header does.',
        },
        at: { ...pointer, title: 'Where the address stands (JSON pointer); the Link header without one' },
      },
    },
  ],
} as const;

/** How one kind of record is asked for and read. */
export const recordSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['path', 'fields'],
  properties: {
    path: { type: 'string', pattern: '^/', title: 'Path behind the base address' },
    query: { type: 'object', title: 'Fixed query', additionalProperties: { type: 'string' }, default: {} },
    items: { ...pointer, title: 'Where the list stands (JSON pointer); empty: the answer is the list', default: '' },
    since: {
      type: 'object',
      title: 'Only what changed',
      additionalProperties: false,
      required: ['parameter'],
      properties: {
        parameter: text,
        value: {
          ...text,
          description: '{instant}, {date} and {seconds} stand for the last look, UTC.',
          default: '{instant}',
        },
      },
    },
    stamped: {
      type: 'boolean',
      title: 'Records say when they changed',
      description: 'Then a page that came before need not be read again.',
      default: false,
    },
    paging: { ...paging, default: { kind: 'none' } },
    fields: {
      type: 'object',
      title: 'Fields',
      description: "Gait's field to where it stands in a record (JSON pointer).",
      minProperties: 1,
      additionalProperties: pointer,
    },
    gone: {
      type: 'object',
      title: 'Deleted and merged records',
      additionalProperties: false,
      required: ['at', 'is'],
      properties: {
        at: pointer,
        is: { type: 'array', minItems: 1, items: text },
        mergedInto: pointer,
      },
    },
    whole: {
      type: 'boolean',
      title: 'Whole schedule',
      description: 'Appointments in one answer: a booked one that is missing was taken out.',
      default: false,
    },
  },
} as const;

/** JSON Schema of the settings under `rest`; the console draws its form from it. */
export const restSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['baseUrl', 'authentication', 'records'],
  properties: {
    baseUrl: { type: 'string', pattern: '^https?://', title: 'Base address' },
    authentication,
    headers: {
      type: 'object',
      title: 'Fixed headers',
      description: 'Such as the number of the practice. No secrets.',
      additionalProperties: { type: 'string' },
      default: {},
    },
    zone: { ...text, title: 'Time zone of its wall-clock times', description: "The clinic's where none is set." },
    dateFormats: { type: 'array', minItems: 1, items: text, title: 'Date formats', default: ['YYYY-MM-DD'] },
    timeFormats: { type: 'array', minItems: 1, items: text, title: 'Time formats', default: ['HH:mm'] },
    words: {
      type: 'object',
      title: 'Words',
      description: "Gait's value to the words of the API, by list; a list that is not given has the usual ones.",
      additionalProperties: false,
      properties: {
        authorizationStatus: words,
        appointmentStatus: words,
        requestKind: words,
        gender: words,
        relationship: words,
        coverageOrder: words,
        noteKind: words,
        credential: words,
        yes: { type: 'array', items: text },
        no: { type: 'array', items: text },
      },
      default: {},
    },
    payers: {
      type: 'object',
      title: 'Payer names',
      description: "Names of the API, each with Gait's payer id.",
      additionalProperties: text,
      default: {},
    },
    records: {
      type: 'object',
      title: 'Records',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        patients: recordSchema,
        authorizations: recordSchema,
        appointments: recordSchema,
        notes: recordSchema,
        charges: recordSchema,
        outcomes: recordSchema,
      },
    },
    requestsPerSecond: { type: 'number', exclusiveMinimum: 0, maximum: 50, title: 'Requests a second', default: 2 },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 120, default: 30 },
  },
} as const;
