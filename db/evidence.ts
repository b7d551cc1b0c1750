import type { CivilDate } from '../domain/time';
import type { TrialReport } from '../domain/trial';
import type { Sql } from './client';
import { shortReport, simulationOf, type SimulationRow } from './list-simulations';
import { inForceOf } from './policy-versions';

/** What stands beside the wish to put a version to use: the report of a simulation, or why there is none. */
export type Evidence = Readonly<{
  simulationId?: string;
  /** In short, of the simulation named; put there when it is asked for. */
  report?: TrialReport;
  withoutReport?: string;
}>;

/** The evidence as it is kept with an approval, with the report's digest and figures. Reads only. */
export async function withReport<E extends Evidence>(sql: Sql, given: E): Promise<E> {
  const { simulationId } = given;
  const report = simulationId === undefined ? null : await shortReport(sql, simulationId);
  return report === null ? given : { ...given, report };
}

/** Why the evidence will not do for a version as of a day, as a sentence; null when it will. Reads only. */
export async function evidenceRefused(
  sql: Sql,
  policyId: string,
  { simulationId, report, withoutReport }: Evidence,
  on: CivilDate,
): Promise<string | null> {
  if (simulationId === undefined)
    return withoutReport === undefined
      ? `Nobody has seen what ${policyId} would do. Simulate it and name the simulation, or say why it is put to use without a report.`
      : null;
  if (withoutReport !== undefined) return 'Name a report, or say why there is none: not both.';
  const row = await simulationOf(sql, simulationId);
  if (row?.policyId !== policyId) return `There is no simulation ${simulationId} of ${policyId}.`;
  if (report === undefined) return `Simulation ${simulationId} is ${row.state}: it has no report.`;
  return reportRefused(sql, row, report, on);
}

async function reportRefused(
  sql: Sql,
  { id, kind, policyId, againstId, current }: SimulationRow,
  { breaches }: TrialReport,
  on: CivilDate,
): Promise<string | null> {
  if (current !== true)
    return `Policy ${policyId} was replaced after simulation ${id}. Simulate it again.`;
  if (breaches > 0) return `Simulation ${id} found ${breaches} messages that break a limit.`;
  const inForce = await inForceOf(sql, kind, on);
  return inForce === againstId
    ? null
    : `Simulation ${id} is against ${againstId}, but ${inForce ?? 'none'} is in force. Simulate it against that.`;
}
