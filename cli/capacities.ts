import { Capacities } from '../api/schema/simulations';
import type { Capacities as Known } from '../domain/assumptions';
import type { Cli } from './cli';
import { shapedIn } from './json-option';

/** What a provider and people can do in a day, as a file has it. @throws Exit 2 with what is wrong in it, and where */
export const capacitiesOption = (cli: Cli, file: string): Promise<Known> =>
  shapedIn(cli, file, Capacities, 'simulate.noCapacities');
