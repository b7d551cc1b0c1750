import { startTestEngine, type TestEngine } from './engine';

declare global {
  var tarimTestEngine: TestEngine | undefined;
}

/** Once for a run, however many projects name it: Jest calls each set-up file once. */
export default async function setUp(): Promise<void> {
  const engine = await startTestEngine();
  globalThis.tarimTestEngine = engine;
  const { databaseUrl, temporalAddress, namespace } = engine.running.addresses;
  process.env['TARIM_TEST_FOLDER'] = engine.folder;
  process.env['TARIM_TEST_DATABASE_ADMIN_URL'] = databaseUrl;
  process.env['TEMPORAL_ADDRESS'] = temporalAddress;
  process.env['TEMPORAL_NAMESPACE'] = namespace;
}
