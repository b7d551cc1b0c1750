import { carryOutPage } from '../../db/bulk-orders';
import { openDb } from '../../db/client';

/** A process of its own that carries out bulk orders in small pages until there is nothing to do; to be killed. */
async function main(): Promise<void> {
  const db = openDb(process.argv[2] ?? '', 1);
  while (await carryOutPage(db, 1));
  await db.$disconnect();
}

void main();
