import type { Estimate } from '../domain/discrimination';
import type { Backtest, MonthFigures, OutcomeName, PolicyFigures, Told } from './backtest';

/** `0.852 (0.847 to 0.857)` */
export const estimateText = ({ value, low, high }: Estimate): string =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
/** `20.7 %` */
export const percentText = (rate: number): string => `${(100 * rate).toFixed(1)} %`;
const percents = ({ value, low, high }: Estimate): string =>
  `${percentText(value)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
const aucText = (auc: Estimate | null): string => (auc === null ? '–' : estimateText(auc));
const count = (n: number): string => n.toLocaleString('en-US');

const OUTCOMES: Readonly<Record<OutcomeName, string>> = {
  missed: 'nothing in time, of who had overdue debt (the main one)',
  missedByAll: 'nothing in time, of all who owed anything',
  paidAfterDue: 'paid only after the due day, of all who paid',
  billLate: "the month's own bill not settled by its due day",
};

/** The figures of a backtest as the tables of docs/backtest.md. Pure. */
export const backtestMarkdown = (found: Backtest): string =>
  [...found.policies.map((policy) => section(policy, found)), gains(found)]
    .filter((text) => text !== '')
    .join('\n\n')
    .concat('\n');

const section = (policy: PolicyFigures, { testFrom }: Backtest): string =>
  [
    `### ${policy.policyId}`,
    'By month of opening:',
    table(
      [
        'month',
        'part',
        'Ⅰ',
        'Ⅱ',
        'Ⅲ',
        'judged',
        'went badly',
        'AUC',
        'AUC, month after',
        'lift of Ⅰ',
      ],
      policy.months.map(monthRow),
    ),
    `Openings from ${testFrom} on, by what is called bad:`,
    table(
      ['outcome', 'judged', 'went badly', 'AUC'],
      [
        ...(Object.keys(OUTCOMES) as OutcomeName[]).map((name) =>
          outcomeRow(OUTCOMES[name], policy.test[name]),
        ),
        outcomeRow('the main one, in the month after', policy.testNext),
      ],
    ),
    'Levels, over the same openings:',
    table(
      ['level', 'judged', 'went badly', 'lift', 'of all that went badly'],
      policy.levels.map(({ label, customers, rate, lift, caught }) => [
        ...[label, count(customers), customers === 0 ? '–' : percents(rate)],
        ...[customers === 0 ? '–' : lift.toFixed(2), percentText(caught)],
      ]),
    ),
    'Factors, each alone, and what the AUC of all loses without it:',
    table(
      ['factor', 'have points', 'AUC', 'lost without'],
      policy.factors.map(({ factor, withPoints, auc, lost }) => [
        ...[
          `\`${factor}\``,
          count(withPoints),
          aucText(auc),
          lost === null ? '–' : lost.toFixed(3),
        ],
      ]),
    ),
    'Calibration: what the bands of points of the earlier months promised, and what came:',
    table(
      ['points from', 'judged', 'promised', 'came'],
      policy.calibration.bands.map(({ from, customers, promised, rate }) => [
        ...[String(from), count(customers), percentText(promised), percents(rate)],
      ]),
    ),
    calibrationText(policy),
  ].join('\n\n');

const calibrationText = ({ calibration: { error, brier, brierOfMean } }: PolicyFigures): string =>
  `Mean distance ${percentText(error)}; Brier score ${brier.toFixed(4)}, against ${brierOfMean.toFixed(4)} for promising everybody the same.`;

function monthRow({ period, part, levels, outcomes, next, liftOfI }: MonthFigures): string[] {
  const { missed } = outcomes;
  return [
    ...[
      period,
      part,
      count(levels[1]),
      count(levels[2]),
      count(levels[3]),
      count(missed.customers),
    ],
    ...[missed.customers === 0 ? '–' : percentText(missed.rate), aucText(missed.auc)],
    ...[aucText(next?.auc ?? null), liftOfI?.toFixed(2) ?? '–'],
  ];
}

const outcomeRow = (name: string, { customers, rate, auc }: Told): string[] => [
  ...[name, count(customers), customers === 0 ? '–' : percentText(rate), aucText(auc)],
];

function gains({ policies: [first], gains: rows }: Backtest): string {
  if (rows.length === 0) return '';
  return [
    `### Against ${first?.policyId ?? ''}`,
    'Gain of AUC over the same customers, main outcome:',
    table(
      ['policy', 'same month', 'month after'],
      rows.map(({ policyId, missed, next }) => [policyId, aucText(missed), aucText(next)]),
    ),
  ].join('\n\n');
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
