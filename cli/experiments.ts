import type { z } from 'zod';
import { itemsOf } from '../api/schema/answers';
import { Experiment, ExperimentFigures } from '../api/schema/experiments';
import { countOption } from './arguments';
import type { Cli, Ordered, Printed } from './cli';
import { openApi } from './client';
import { inUrl, order } from './order';
import { printRows, type Column } from './print-rows';
import { money, wallClock } from './screen';
import { termOf } from './terms';

export type StartOptions = Ordered &
  Readonly<{ share: string; report?: string; withoutReport?: string }>;

/** Prints every experiment. */
export async function listExperiments(cli: Cli, options: Printed): Promise<void> {
  const { t } = cli;
  const columns: Column<z.output<typeof Experiment>>[] = [
    { head: t('head.experiment'), of: ({ id }) => id },
    { head: t('head.challenger'), of: ({ challengerId }) => challengerId },
    { head: t('head.champion'), of: ({ championId }) => championId },
    { head: '%', right: true, of: ({ sharePercent }) => sharePercent },
    { head: t('head.from'), of: ({ begunAt }) => wallClock(begunAt) },
    { head: t('head.until'), of: ({ endedAt }) => endedAt && wallClock(endedAt) },
    { head: t('head.by'), of: ({ requestedBy, approvedBy }) => `${requestedBy}, ${approvedBy}` },
  ];
  const api = await openApi(cli);
  const { items } = await api.get('/experiments', { answer: itemsOf(Experiment) });
  await printRows(cli, Experiment, items, columns, options);
}

export const startExperiment = (
  cli: Cli,
  challengerId: string,
  { share, report: simulationId, withoutReport, ...options }: StartOptions,
): Promise<void> =>
  order(cli, options, {
    ...{ path: '/experiments', done: 'approval.asked' },
    body: { challengerId, sharePercent: countOption(cli, share), simulationId, withoutReport },
  });

export const endExperiment = (cli: Cli, id: string, options: Ordered): Promise<void> =>
  order(cli, options, { path: `/experiments/${inUrl(id)}/end`, done: 'approval.asked' });

/** Both sides beside each other: what came in, how soon, and what it took. */
export async function showFigures(cli: Cli, id: string, { json }: Printed): Promise<void> {
  const { t, screen } = cli;
  const path = `/experiments/${inUrl(id)}/figures`;
  const found = await (await openApi(cli)).get(path, { answer: ExperimentFigures });
  if (json === true) {
    screen.json(found);
    return;
  }
  const { arms } = found;
  type Arm = (typeof arms)[number];
  const row = (name: string, of: (arm: Arm) => string | number) => [name, ...arms.map(of)];
  const share = ({ receivedFen, billedFen }: Arm): string =>
    billedFen === 0 ? '–' : `${((100 * receivedFen) / billedFen).toFixed(1)}%`;
  await screen.table(
    [{ head: '' }, ...arms.map(({ arm }) => ({ head: termOf(cli, arm), right: true }))],
    [
      row(t('head.customers'), ({ customers }) => customers),
      row(t('experiment.months'), ({ months }) => months),
      row(t('experiment.moved'), ({ moved }) => moved),
      row(t('experiment.billed'), ({ billedFen }) => money(billedFen)),
      row(t('experiment.received'), ({ receivedFen }) => money(receivedFen)),
      row(t('experiment.recovery'), share),
      row(t('experiment.days'), ({ medianDaysToPayment }) => medianDaysToPayment ?? '–'),
      row(t('simulate.work.sms'), ({ sms }) => sms),
      row(t('simulate.work.email'), ({ email }) => email),
      row(t('experiment.tasks'), ({ tasks }) => tasks),
      row(t('simulate.cost'), ({ costFen }) => money(costFen)),
    ],
  );
}
