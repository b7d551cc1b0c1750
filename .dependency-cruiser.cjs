/** The arrows of docs/adr/0001. Every folder lists what it may import; all else is an error. */
const folders = {
  domain: ['domain'],
  workflows: ['workflows'],
  activities: ['domain', 'db', 'workflows/contract', 'activities'],
  providers: ['providers'],
  db: ['domain', 'db'],
  engine: ['engine', 'config'],
  config: ['config'],
  worker: ['domain', 'workflows/contract', 'activities', 'db', 'providers', 'config', 'worker'],
  // A preview is written by the functions that write what is sent.
  api: [
    'domain',
    'workflows/contract',
    'activities/render',
    'activities/wording',
    // How a provider signs and words its reports is the provider's.
    'providers/twilio-callback',
    'db',
    'config',
    'api',
  ],
  cli: [
    'api/lock-out',
    'api/main',
    'api/password',
    'api/schema',
    'domain',
    'workflows/contract',
    'db',
    'config',
    'engine',
    // What mail servers write back is read where the mailbox is.
    'providers/bounce',
    // What needs a book in memory and no server is computed where it is asked for.
    'simulation',
    'cli',
    'worker/differences',
    'worker/main',
    'worker/rehearsal',
    'worker/repair',
    'worker/starts',
  ],
  // It sees the API's shapes only (generated), never the rules: what a person may do arrives as data.
  console: ['console'],
  simulation: ['domain', 'db', 'workflows/contract', 'simulation'],
};
const all =
  '^(domain|workflows|activities|providers|db|engine|config|worker|cli|api|console|simulation|bench|test)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(folders).map(([from, allowed]) => ({
      name: `arrows-${from}`,
      severity: 'error',
      from: { path: `^${from}/` },
      to: { path: all, pathNot: `^(${allowed.join('|')})`, dependencyTypesNot: ['type-only'] },
    })),
    {
      name: 'types-of-arrows',
      comment: 'import type is allowed where style.md 4.1 says T',
      severity: 'error',
      from: { path: '^(domain|db|config|providers|engine)/' },
      to: { path: '^(workflows|activities|worker|cli|api|simulation)/' },
    },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^domain/' },
      to: { pathNot: '^domain/' },
    },
    {
      name: 'a-rehearsal-cannot-send',
      comment:
        'law 9: nothing that a rehearsal runs on reaches a live adapter, at whatever distance',
      severity: 'error',
      from: { path: '^(worker/rehearsal|simulation/|cli/rehearse\\.ts)' },
      to: { path: '^(providers/(smtp|twilio)|worker/(main|providers))', reachable: true },
    },
    {
      name: 'contract-holds-no-workflow',
      severity: 'error',
      from: { path: '^workflows/contract' },
      to: { path: '^workflows/(?!contract)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(db/generated|console/dist|node_modules)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
