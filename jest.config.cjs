const { resolve } = require('node:path');

const common = {
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|js|mjs)$': [resolve(__dirname, 'node_modules/@swc/jest'), { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  transformIgnorePatterns: ['/node_modules/', '/db/generated/.*\\.wasm$'],
};
const project = (name, more = {}) => ({ ...common, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`], ...more });

/** Four kinds of test (docs: CONTRIBUTING.md). Only integration and e2e need the engine, which bin/test.mjs starts. */
module.exports = {
  projects: [project('unit'), project('replay'), project('integration'), project('e2e')],
  testTimeout: 120_000,
};
