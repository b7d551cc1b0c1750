import { ResponseModel } from '../api/schema/simulations';
import type { PaymentModel } from '../domain/assumptions';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { shapedIn } from './json-option';

/** `recorded`: undefined. `model:FILE`: the response model in it. @throws Exit 2 with what is wrong in it, and where */
export async function modelOption(cli: Cli, text: string): Promise<PaymentModel | undefined> {
  if (text === 'recorded') return undefined;
  const [, file] = /^model:(.+)$/.exec(text) ?? [];
  if (file === undefined) throw new Exit(EXIT.usage, cli.t('simulate.badPayments', { text }));
  return shapedIn(cli, file, ResponseModel, 'simulate.noModel');
}
