import { readRun } from '../engine/home';
import type { Check } from './check';

const TIMEOUT_MS = 5_000;
const name = 'api';

/** Whether the home's API can serve; nothing where none was started. */
export async function apiChecks(home: string): Promise<Check[]> {
  const address = readRun(home)?.apiAddress ?? null;
  if (address === null) return [];
  try {
    const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { checks } = (await answer.json()) as {
      checks: { name: string; ok: boolean; detail: string }[];
    };
    const missing = checks.filter(({ ok }) => !ok).map((check) => `${check.name}: ${check.detail}`);
    return [
      missing.length === 0
        ? { name, ok: true, detail: `ready at ${address}`, remedy: null }
        : { name, ok: false, detail: missing.join('; '), remedy: 'see logs/api.log in TARIM_HOME' },
    ];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ name, ok: false, detail, remedy: 'see logs/api.log in TARIM_HOME' }];
  }
}
