import type { Config } from '../config';
import { stationNow } from '../db/clock';
import { recoveryByStation } from '../db/recovery';
import { asOfOption, printRows } from './output';
import { withSession } from './session';

export const showRecovery = (
  config: Config,
  options: { asOf?: string; json?: boolean },
): Promise<void> =>
  withSession(config, async ({ db }) => {
    const asOf = options.asOf === undefined ? await stationNow(db) : asOfOption(options.asOf);
    printRows(await recoveryByStation(db, asOf), options);
  });
