import type { Addresses } from '../engine/supervise';
import { looked } from '../worker/repair';
import { atWork } from './at-work';
import type { Check } from './check';

const name = 'months';
const remedy = 'npx tarim doctor --repair --dry-run';
/** Histories that are read: of a book of which one month in a hundred is forgotten, fewer miss it once in a hundred times. */
const HISTORIES = 500;

/** Whether runs and facts agree: they do not after one of them was restored to an earlier day. */
export async function monthChecks(at: Addresses, taskQueue: string): Promise<Check[]> {
  try {
    const { missing, surplus, forgotten } = await atWork(at, taskQueue, (there) =>
      looked(there, HISTORIES),
    );
    const complaints = [
      [missing.months.length, 'open months without a run'],
      [missing.proposals.length, 'open proposals without a run'],
      [missing.campaigns.length, 'campaigns neither through nor running'],
      [surplus.length, 'runs without an open month or proposal'],
      [forgotten.length, 'months of which the engine knows more than the database'],
    ] as const;
    const found = complaints.filter(([count]) => count > 0);
    const detail = found.map(([count, what]) => `${count} ${what}`).join('; ');
    return [
      found.length === 0
        ? { name, ok: true, detail: 'runs and facts agree', remedy: null }
        : { name, ok: false, detail, remedy },
    ];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ name, ok: false, detail, remedy: 'see the findings above' }];
  }
}
