import { z } from 'zod';
import type { PaymentModel } from '../simulation/payment-model';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { shapedIn } from './json-option';

const Level = z.literal([1, 2, 3]);
const response = {
  chance: z.number().min(0).max(1),
  withinDays: z.number().positive().max(366),
};
const STEPS = [
  ...['billNotice', 'preDueReminder', 'overdueReminder', 'demand'],
  ...['callTask', 'visitTask', 'review'],
] as const;
const Model = z.strictObject({
  name: z.string().min(1).max(80),
  seed: z.int().min(0),
  limits: z.string().min(1).max(1_000),
  base: z.strictObject(response).optional(),
  after: z
    .array(
      z.strictObject({
        step: z.enum(STEPS),
        levels: z.array(Level).min(1),
        ...response,
      }),
    )
    .superRefine((rows, context) => {
      const seen = new Set<string>();
      for (const [nth, { step, levels }] of rows.entries())
        for (const level of levels) {
          if (seen.has(`${step} ${level}`))
            context.addIssue({
              ...{ code: 'custom', path: [nth] },
              message: `${step} at level ${level} is there twice`,
            });
          seen.add(`${step} ${level}`);
        }
    }),
});

/** `recorded`: undefined. `model:FILE`: the response model in it. @throws Exit 2 with what is wrong in it, and where */
export async function modelOption(cli: Cli, text: string): Promise<PaymentModel | undefined> {
  if (text === 'recorded') return undefined;
  const [, file] = /^model:(.+)$/.exec(text) ?? [];
  if (file === undefined) throw new Exit(EXIT.usage, cli.t('simulate.badPayments', { text }));
  return shapedIn(cli, file, Model, 'simulate.noModel');
}
