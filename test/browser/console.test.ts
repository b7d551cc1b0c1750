import { setClock } from '../../db/clock';
import { startConsole } from '../support/console';
import { scenario } from '../support/scenario';
import { customer } from './customer';
import { customers } from './customers';
import { devices } from './devices';
import { everyPage } from './every-page';
import { fileForStaff } from './filed';
import { keyboard } from './keyboard';
import { month } from './month';
import { signingIn } from './signing-in';
import type { Opened } from './opened';
import { policies } from './policies';
import { staff } from './staff';
import { tasks } from './tasks';
import { giveWork } from './worked';

/** What people do on the pages, on the real stack: one for all of them, because it costs more than the tests. */
let opened: Opened;
beforeAll(async () => {
  const stack = await startConsole();
  const han = await scenario(stack.station, 'han', 3);
  await han.billed('2026-07', 1234.56);
  await han.opens('2026-07');
  await setClock(stack.station.db, await han.until('2026-07-22'), 'test');
  opened = { stack, han, filed: await fileForStaff(stack), work: await giveWork(stack) };
}, 120_000);
afterEach(() => opened.stack.closePages());
afterAll(() => opened.stack.close());

const given = (): Opened => opened;
signingIn(given);
everyPage(given);
month(given);
tasks(given);
keyboard(given);
// Before anything happens to the customer: a preview is of what is owed and may be asked for.
devices(given);
policies(given);
staff(given);
customer(given);
customers(given);
