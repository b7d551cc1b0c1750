/** Also when tests have failed; nothing runs and no file is left afterwards. */
export default async function tearDown(): Promise<void> {
  await globalThis.tarimTestEngine?.end();
}
