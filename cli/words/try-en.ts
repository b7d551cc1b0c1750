import type { tryZhCN } from './try-zh-CN';

/** What is said of a book in memory or on the engine, in English: simulated, tested back, rehearsed. */
export const tryEn: Readonly<Record<keyof typeof tryZhCN, string>> = {
  simulate: 'what a policy would have done with a book: messages, tasks, cost; nothing is sent',
  'simulate.from': 'the first day',
  'simulate.to': 'the last day',
  'simulate.fromDatabase':
    'the book of the database, which is only read, with the policies and holidays on file',
  'simulate.policy':
    'a ladder that Tarim ships, or the JSON file of a draft; with --from-database also one on file, drafts too. When absent tabei-v1, or with --from-database the one in force',
  'simulate.grading':
    'the grading, named in the same way; when absent tabei-grade-v1, or the one in force',
  'simulate.against': 'another one, over the same customers and payments',
  'simulate.graded': 'when each month opens, or each day too',
  'simulate.out': 'folder for report.html, simulation.json and the CSV files',
  backtest: 'what the grading said at each month of a book, against who then paid late',
  'backtest.book': 'folder with customers, bills and payments as CSV',
  'backtest.policy': 'a grading that Tarim ships, or the JSON file of a draft',
  'backtest.against': 'another one, over the same customers',
  'backtest.testFrom': 'the first month of the test; those before may be what a policy was made by',
  'backtest.out': 'folder for backtest.json and backtest.md',
  rehearse:
    'play past months of a slice of a book on the engine in virtual time, and hold them against the simulation; sends nothing',
  'rehearse.customers': 'so many, spread over the book',
  'rehearse.from': 'first day',
  'rehearse.to': 'last day',
  'rehearse.policy': 'ladder policy; the one in force on the first day when absent',
  'rehearse.book': 'a folder with customers.csv, bills.csv and payments.csv, plain or .gz',
  'rehearse.fromDatabase': 'the book of the database, which is only read',
  'simulate.noLadder': '{name} is no ladder policy.',
  'simulate.noneInForce': 'No such policy is in force today. Name one.',
  'simulate.toBeforeFrom': 'The last day is before the first.',
  'simulate.is': '{policy} over {customers} customers. Nothing was sent.',
  'simulate.rejected': '{rejected} rows that an import would refuse were left out.',
  'simulate.differing': 'Customers for whom something differs: {count}',
  'simulate.breaches': 'Limits broken: {count}',
  'simulate.cost': 'cost',
  'simulate.work.sms': 'SMS',
  'simulate.work.email': 'e-mails',
  'simulate.work.call': 'calls',
  'simulate.work.visit': 'visits',
  'simulate.work.letter': 'letters',
  'simulate.work.review': 'reviews',
  'simulate.work.proposal': 'device proposals',
  'backtest.noGrading': '{name} is no grading policy.',
  'backtest.noTest': 'The book has too few months, or the test would begin after the last one.',
  'backtest.test': 'Test from {from} on. Late: had overdue debt, and paid nothing by the due day.',
  'rehearse.noMonth':
    'No month is opened between {from} and {to}: that is at 08:00 on the first of each.',
  'rehearse.noSkipping':
    'The Temporal server at {address} lets no time be skipped in the namespace {namespace}. Tarim sets its own up for that: npx tarim up',
  'rehearse.nobody': 'The book has no customer with a bill.',
  'rehearse.beginning': 'Rehearsing {from} to {to} with {policyId}. Nothing is sent.',
  'rehearse.equal':
    '{customers} customers, {months} months, {seconds} s: all {same} steps, messages, tasks and months are those of the simulation.',
  'rehearse.differs':
    '{customers} customers, {months} months, {seconds} s: {same} things are those of the simulation, {count} are not, of {who} customers.',
  'rehearse.one': 'Give one of --book and --from-database.',
  'simulate.payments':
    'recorded, or model:FILE with chances of paying after each step (docs/simulation.md)',
  'simulate.badPayments': '{text} is neither recorded nor model:FILE.',
  'simulate.noModel':
    '{file} is no response model. An example with each field: samples/response-model.json. What is wrong:\n{because}',
  'simulate.paid':
    '{policy}: {bills} bills issued in this time, {paid} paid in full, {days} days from issue to then in the median.',
  'simulate.recorded': 'Payments are those of the book, caused by nothing that is sent.',
  'simulate.modelled': 'Payments are made up by the response model {name}, seed {seed}: {limits}',
  'simulate.assumes': 'Nobody does the tasks; every message arrives. See docs/simulation.md.',
  'simulate.capacities':
    'JSON file with what providers and people can do in a day (docs/simulation.md)',
  'simulate.noCapacities':
    '{file} does not say what can be done in a day. An example: samples/capacities.json. What is wrong:\n{because}',
  'simulate.loads': 'Held against what can be done in a day ({name}):',
  'simulate.allStations': 'all',
  'head.perDay': 'can be done a day',
  'head.ofCapacity': 'of that',
  'head.daysOver': 'days with more',
};
