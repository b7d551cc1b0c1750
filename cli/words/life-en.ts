import type { lifeZhCN } from './life-zh-CN';

/** What is said of a version's life, in English: tried, put in force, held against another. */
export const lifeEn: Readonly<Record<keyof typeof lifeZhCN, string>> = {
  'policy.simulate': 'let the server simulate a version over the whole book, against another',
  'policy.simulate.against': 'the version to hold it against; the one in force when absent',
  'policy.simulate.from': 'first day; the 1st of the month six months ago when absent',
  'policy.simulate.to': 'last day; the end of last month when absent',
  'policy.simulate.wait': 'wait for it, and show what it found',
  'policy.simulate.done': 'A worker carries it out.',
  'policy.simulations': 'the simulations of a version, the latest first',
  'policy.stop': 'stop a simulation; nothing of it is kept',
  'policy.stop.done': 'The simulation is stopped.',
  'policy.report': 'the report of a simulation: what differs from the other version',
  'policy.report.out': 'write the report to a file: a page when it ends in .html, else JSON',
  'policy.report.written': 'The report is in {file}.',
  'policy.report.is': '{policyId} against {against}, {from} to {to}, {customers} customers',
  'policy.report.differing':
    'Customers for whom something differs: {count}. Limits broken: {breaches}',
  'policy.report.sha256': 'SHA-256 of the report: {sha256}',
  'policy.report.notYet': 'Simulation {id} is {state}: it has no report. {because}',
  'policy.activate.report': 'the simulation that speaks for it; its report goes to who decides',
  'policy.activate.without': 'why there is no report',
  'head.simulation': 'simulation',
  'head.against': 'against',
  'term.waiting': 'waiting',
};
