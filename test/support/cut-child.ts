import { openDb } from '../../db/client';

/** Works on the database named as the first argument, in transactions side by side, until it is told to stop; a failure is no end. */
const db = openDb(process.argv[2] ?? '', 10);
let stopped = false;
process.once('message', () => (stopped = true));

const lane = async (): Promise<void> => {
  while (!stopped)
    await db
      .$transaction(async (tx) => {
        await tx.$queryRaw`select count(*)::int from pg_class`;
        await tx.$queryRaw`select 1 as one`;
      })
      .catch(() => undefined);
};
process.send?.('working');
void Promise.all(Array.from({ length: 10 }, lane)).then(async () => {
  await db.$queryRaw`select 1 as one`;
  await db.$disconnect();
  process.disconnect();
});
