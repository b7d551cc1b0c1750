import { z } from 'zod';
import type { Capacities } from '../simulation/load';
import type { Cli } from './cli';
import { shapedIn } from './json-option';

const perDay = z.int().min(1).optional();
const Works = z.strictObject({
  ...{ sms: perDay, email: perDay, call: perDay, visit: perDay },
  ...{ letter: perDay, review: perDay, proposal: perDay },
});
const Shape = z.strictObject({
  name: z.string().min(1).max(80),
  perDay: Works.default({}),
  perStationAndDay: Works.default({}),
});

/** What a provider and people can do in a day, as a file has it. @throws Exit 2 with what is wrong in it, and where */
export const capacitiesOption = (cli: Cli, file: string): Promise<Capacities> =>
  shapedIn(cli, file, Shape, 'simulate.noCapacities') as Promise<Capacities>;
