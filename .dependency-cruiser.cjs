// The dependency direction of the repository, checked: a folder may know only the folders named here.
const folders = [
  'domain',
  'workflows',
  'workers',
  'payload-codec',
  'connectors',
  'server',
  'nodes',
  'console',
  'templates',
  'rules',
  'sandbox',
  'runtime',
  'cli',
  'bench',
  'test',
];
const mayKnow = {
  domain: [],
  'payload-codec': ['domain'],
  workflows: ['domain'],
  connectors: ['domain'],
  workers: ['domain', 'connectors', 'workflows', 'payload-codec'],
  // The server starts workflows and sends them messages: it may know their message definitions, nothing else of them.
  server: ['domain', 'connectors', 'payload-codec', 'workflows/[^/]+/messages'],
  nodes: [],
  console: ['domain'],
  sandbox: ['domain', 'rules'],
  templates: ['domain'],
  rules: [],
  // What starts the stack has left a note of where it is: the command line reads that, not the stack.
  cli: ['domain', 'server', 'runtime/(places|stack-file)'],
};
const testing = '(\\.test\\.ts$|/testing/|^test/|^bench/|^console/dev/|record-histories)';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^domain/', pathNot: testing },
      to: { dependencyTypes: ['core', 'npm'], pathNot: '(json-schema-to-ts|@marcbachmann/cel-js|cmpstr|ml-matrix)' },
    },
    {
      name: 'expressions-are-for-scrub-rules',
      severity: 'error',
      from: { path: '^domain/', pathNot: '^domain/scrub/' },
      to: { path: '@marcbachmann/cel-js' },
    },
    {
      name: 'nodes-have-no-dependency',
      severity: 'error',
      from: { path: '^nodes/(nodes|credentials)/', pathNot: testing },
      to: { dependencyTypes: ['npm', 'npm-dev'], pathNot: 'node_modules/n8n-workflow' },
    },
    { name: 'no-test-code-in-product', severity: 'error', from: { pathNot: testing }, to: { path: '^test/' } },
    ...Object.entries(mayKnow).map(([folder, known]) => ({
      name: `${folder}-knows-only-${known.join('-').replace(/[^a-z-]/g, '') || 'itself'}`,
      severity: 'error',
      from: { path: `^${folder}/`, pathNot: testing },
      to: {
        path: `^(${folders.join('|')})/`,
        pathNot: `^(${[folder, ...known].join('|')})(/|(\\.d)?\\.m?ts$|\\.mjs$)`,
      },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|node_modules/.*/node_modules)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'] },
  },
};
