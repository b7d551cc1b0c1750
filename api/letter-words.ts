import type { DemandedBill } from '../domain/paper-letter';
import type { PaperLetter } from '../db/letters';
import { yuanForPeople, type Fen } from '../domain/fen';
import type { PenaltyRate } from '../domain/penalty';
import { dateOf, minuteOfDay, type CivilDate, type Instant } from '../domain/time';

/** A letter in words, in the order of the page. Nothing here depends on paper. */
export type LetterWords = Readonly<{
  title: string;
  number: string;
  to: readonly string[];
  opening: string;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
  total: readonly string[];
  clauses: readonly string[];
  signature: readonly string[];
  slip: Readonly<{ title: string; lines: readonly string[] }>;
}>;

/** The text of a letter. Source: the templates of the demand (db/policies/templates-v1.json) and docs/policy.md, "Penalty"; docs/adr/0016. */
export function wordsOf(letter: PaperLetter): LetterWords {
  const { asOf, bills, overdue, customerNo, name, address, taskId } = letter;
  const to = [`${name}（户号 ${customerNo}）：`, `用电地址：${address ?? '（未登记）'}`];
  return {
    title: '催缴电费通知书',
    number: `编号：${taskId}`,
    to,
    opening: `截至 ${clock(asOf)}，您户下列电费${overdue ? '已逾期，' : ''}尚未缴清：`,
    heads: ['电费年月', '账单号', '缴费截止日', '账单金额', '未缴电费', '违约金'],
    rows: bills.map(rowOf),
    total: totalOf(letter),
    clauses: clausesOf(letter),
    signature: [officeOf(letter.station), `催费员：${letter.collector}`, day(dateOf(asOf))],
    slip: slipOf(letter),
  };
}

const money = (amount: Fen): string => `¥${yuanForPeople(amount)}`;
const day = (date: CivilDate): string => {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return `${year} 年 ${Number(month)} 月 ${Number(dayOfMonth)} 日`;
};
const clock = (at: Instant): string => {
  const minute = minuteOfDay(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${day(dateOf(at))} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
};
const officeOf = (station: string): string =>
  `${station}${station.endsWith('供电所') ? '' : '供电所'}`;

const rowOf = (bill: DemandedBill): string[] => [
  ...[bill.period, bill.billNo, bill.dueOn],
  ...[bill.amountFen, bill.outstandingFen, bill.penaltyFen].map(money),
];

const totalOf = ({ asOf, owedFen, penaltyFen, totalFen, capitals }: PaperLetter): string[] => [
  `未缴电费 ${money(owedFen)}，违约金（计至 ${day(dateOf(asOf))}）${money(penaltyFen)}，应缴总额 ${money(totalFen)}。`,
  `大写金额：人民币${capitals}`,
];

function clausesOf({ overdue, restFen, rate }: PaperLetter): string[] {
  const basis = `依据《电力供应与使用条例》第三十九条，逾期电费自逾期之日起按日计收违约金，${rateOf(rate)}，计至缴清为止。`;
  const pay = overdue ? '请收到本通知书后立即缴清。' : '请于缴费截止日前缴清。';
  return [
    ...(restFen > 0 ? [`另有 ${money(restFen)} 尚未到缴费截止日，不在本通知书之列。`] : []),
    ...(overdue ? [basis] : []),
    `${pay}如您已缴费，请忽略本通知书。如对账单有异议，请致电 95598。`,
  ];
}

const rateOf = ({ sameYearPpm, priorYearPpm }: PenaltyRate): string =>
  sameYearPpm === priorYearPpm
    ? `每日 ${sameYearPpm / 1000}‰`
    : `当年欠费每日 ${sameYearPpm / 1000}‰，跨年欠费每日 ${priorYearPpm / 1000}‰`;

const slipOf = (letter: PaperLetter): LetterWords['slip'] => ({
  title: '送达回执',
  lines: [
    `编号：${letter.taskId}`,
    `受送达人：${letter.name}（户号 ${letter.customerNo}）`,
    `送达地址：${letter.address ?? '（未登记）'}`,
    `送达文书：催缴电费通知书，应缴总额 ${money(letter.totalFen)}；应于 ${clock(letter.serveBy)} 前送达`,
    '送达方式：□ 直接送达  □ 留置送达  □ 邮寄  □ 退回或无法送达',
    '签收人：＿＿＿＿＿＿＿＿  签收时间：＿＿＿＿年＿＿月＿＿日＿＿时',
    `送达人：${letter.collector}  见证人：＿＿＿＿＿＿＿＿`,
  ],
});

/** All that a letter says, for whoever checks what can be printed. */
export const textOf = (words: LetterWords): string =>
  [
    ...[words.title, words.number, ...words.to, words.opening],
    ...[...words.heads, ...words.rows.flat(), ...words.total, ...words.clauses],
    ...[...words.signature, words.slip.title, ...words.slip.lines],
  ].join('\n');
