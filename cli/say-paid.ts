import type { TrialSide } from '../domain/trial';
import type { Cli } from './cli';

/** How many bills were paid under a policy, and how long that took in the median. */
export const sayPaid = (
  { t, screen }: Cli,
  policy: string,
  { bills, paid, medianDays }: TrialSide['payment'],
): void => screen.line(t('simulate.paid', { policy, bills, paid, days: medianDays ?? '–' }));
