const { resolve } = require('node:path');

const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      resolve(__dirname, 'node_modules/@swc/jest'),
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // `import('./x.js')` is TypeScript's way to write a lazy import of x.ts.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'] },
  // Packages that are ES modules, or import one as they run.
  transformIgnorePatterns: [
    '/node_modules/(?!(@fastify/cookie|openid-client|oauth4webapi|jose|string-width|get-east-asian-width|strip-ansi|ansi-regex)/)',
    '/db/generated/.*\\.wasm$',
  ],
};
const project = (name, more = {}) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  ...more,
});

/** A real Postgres and Temporal: started once for a run, and only when a test that needs them is run. */
const engine = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

/** Five kinds of test (docs: CONTRIBUTING.md). Integration, e2e and browser need the engine. */
module.exports = {
  projects: [
    project('unit'),
    project('replay'),
    project('integration', engine),
    project('e2e', engine),
    project('browser', engine),
  ],
  testTimeout: 120_000,
};
