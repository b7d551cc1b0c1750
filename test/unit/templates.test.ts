import { Liquid } from 'liquidjs';
import { render } from '../../activities/render';
import templates from '../../db/policies/templates-v1.json';
import type { RuleBook, Template } from '../../db/rules';
import { demanded, letterValues, purposeOf, type LetterKind } from '../../domain/letter';
import { smsParts } from '../../domain/sms-text';
import { on, policyV1, someBill, someFacts } from '../support/facts';

const rows: readonly Template[] = templates.map((row) => ({ ...(row as Template), html: '' }));
/** The letters of the ladder; the offer of the device is none. */
const shipped = rows.filter(({ key }) => key !== 'deviceOffer');
const kinds = Object.keys(purposeOf) as LetterKind[];

const book = {
  template: (key: string, channel: string, language: string) => {
    const found = rows.find(
      (row) => row.key === key && row.channel === channel && row.language === language,
    );
    return found === undefined
      ? Promise.reject(new Error(`no ${key} ${channel} ${language}`))
      : Promise.resolve(found);
  },
} as RuleBook;

/** As long as it gets: a ten-digit number, five figures overdue, five not yet due, and a penalty. */
const facts = someFacts({
  bills: [
    someBill({ billNo: 'old', period: '2026-01', issued: -48, due: -30, fen: 12_345_67 }),
    someBill({ billNo: 'new', fen: 12_000_00 }),
  ],
});
/** The day on which one bill is overdue and one not yet. */
const MIXED = -20;
const valuesOf = (kind: LetterKind, day: number): Record<string, unknown> =>
  letterValues(demanded(facts, policyV1(), on(day)), {
    customerNo: '1000000001',
    name: '塔北县<人民>医院',
    station: '塔北',
    kind,
    asOf: on(day),
  });
type Which = Pick<Template, 'key' | 'channel' | 'language'>;
const written = (row: Which, day = MIXED, more = {}) =>
  render(book, row, { ...valuesOf(row.key as LetterKind, day), penalty: '123.45', ...more });
/** As it is sent that day: with the penalty that there is. */
const sent = async (which: string, day: number) => {
  const [key = '', channel = '', language = ''] = which.split(' ');
  return render(book, { key, channel, language } as Which, valuesOf(key as LetterKind, day));
};

it('there is one for each letter, channel and language', () => {
  const names = shipped.map(({ key, channel, language }) => `${key} ${channel} ${language}`);
  const wanted = kinds.flatMap((kind) =>
    ['sms', 'email'].flatMap((channel) => ['zh-CN', 'en'].map((l) => `${kind} ${channel} ${l}`)),
  );
  expect([...names].sort()).toEqual(wanted.sort());
});

/** An SMS about what is overdue tells it from the rest; every other letter names the sum. */
const asksForAll = ({ key, channel }: Which) =>
  channel === 'email' || key === 'billNotice' || key === 'preDueReminder';
const namesPenalty = ({ key, channel }: Which) =>
  channel === 'email' || key === 'overdueReminder' || key === 'demand';

describe.each(shipped)('$key $channel $language', (row) => {
  it('needs no value that it is not given, with a penalty and without', async () => {
    await expect(written(row)).resolves.toMatchObject({ version: 1 });
    await expect(written(row, MIXED, { penalty: '' })).resolves.toMatchObject({ version: 1 });
  });

  it('names the account and, when money is owed, how much', async () => {
    const { body } = await written(row);
    expect(body).toContain('1000000001');
    expect(body).toContain(asksForAll(row) ? '24,345.67' : '12,345.67');
    expect(body).not.toMatch(/undefined|null|\[object|\{\{|\{%/);
  });

  it.each([
    ['on the eve of the due date', -31],
    ['on the due date', -30],
    ['the day after', -29],
    ['when all is overdue', 1],
  ])('names no amount that there is none of %s', async (_rule, day) => {
    const { subject, body } = await sent(`${row.key} ${row.channel} ${row.language}`, day);
    expect(subject + body).not.toMatch(/[^\d]0\.00|违约金元|有元|¥[^\d]|CNY [^\d]/);
    expect(/违约金：|违约金\d|penalty CNY|penalty so far/i.test(body)).toBe(
      namesPenalty(row) && day > -29,
    );
  });

  it('refuses to be written with a gap', async () => {
    await expect(render(book, row, {})).rejects.toThrow(/undefined variable/);
  });
});

describe('an SMS', () => {
  const sms = shipped.filter(({ channel }) => channel === 'sms');

  const days = [-31, MIXED, 1];

  it.each(sms)('$key in $language is one part, whatever of it is overdue', async (row) => {
    for (const { body, subject, html } of await Promise.all(days.map((day) => written(row, day)))) {
      const { parts, units } = smsParts(body);
      expect({ parts, subject, html }).toEqual({ parts: 1, subject: '', html: '' });
      if (row.language === 'zh-CN') expect(units).toBeLessThanOrEqual(70);
    }
  });

  it.each([
    [
      'overdueReminder sms zh-CN',
      '户号1000000001电费24,345.67元将于2026-02-18到期，请及时缴纳。已缴请忽略。',
      '户号1000000001电费12,345.67元已过2026-02-18缴费期，违约金111.11元，另有12,000.00元待缴，请缴纳。',
      '户号1000000001电费24,345.67元已过2026-02-18缴费期，违约金370.37元，请尽快缴纳。已缴请忽略。',
    ],
    [
      'overdueReminder sms en',
      'A/c 1000000001: CNY 24,345.67 falls due on 2026-02-18. Please pay. Ignore if paid.',
      'A/c 1000000001: CNY 12,345.67 was due on 2026-02-18, penalty CNY 111.11, plus CNY 12,000.00 not yet due. Please pay. Ignore if paid.',
      'A/c 1000000001: CNY 24,345.67 was due on 2026-02-18, penalty CNY 370.37. Please pay. Ignore if paid.',
    ],
    [
      'demand sms zh-CN',
      '催费通知：户号1000000001有电费24,345.67元待缴，请及时缴清。异议电95598。',
      '催费通知：户号1000000001逾期12,345.67元，违约金111.11元，请即缴清，另有12,000.00元待缴。异议电95598。',
      '催费通知：户号1000000001逾期24,345.67元，违约金370.37元，请即缴清。异议电95598。',
    ],
    [
      'demand sms en',
      'Formal demand: a/c 1000000001 owes CNY 24,345.67, not yet due. Please pay or call 95598.',
      'Formal demand: a/c 1000000001 has CNY 12,345.67 overdue, penalty CNY 111.11, plus CNY 12,000.00 not yet due. Pay now or call 95598.',
      'Formal demand: a/c 1000000001 has CNY 24,345.67 overdue, penalty CNY 370.37. Pay now or call 95598.',
    ],
  ])('%s says only of what is past that it is past', async (which, none, one, both) => {
    const bodies = await Promise.all(days.map((day) => sent(which, day)));
    expect(bodies.map(({ body }) => body)).toEqual([none, one, both]);
  });

  it('names no penalty on the day after the due date, when there is none yet', async () => {
    const { body } = await sent('overdueReminder sms zh-CN', -29);
    expect(body).toBe(
      '户号1000000001电费12,345.67元已过2026-02-18缴费期，另有12,000.00元待缴，请缴纳。',
    );
  });
});

describe('an e-mail', () => {
  const mails = shipped.filter(({ channel }) => channel === 'email');

  it.each(mails)('$key in $language lists every bill, and says how to object', async (row) => {
    const { body, subject, html } = await written(row);
    for (const part of ['2026-01', '2026-02', '12,345.67', '12,000.00', '123.45', '95598'])
      expect(body).toContain(part);
    expect(subject).not.toBe('');
    expect(html).toContain('&lt;人民&gt;');
    expect(html).not.toContain('<人民>');
  });

  it.each([
    [
      'overdueReminder email zh-CN',
      '有电费即将到期，共 ¥24,345.67：',
      '待缴电费共 ¥24,345.67，其中 ¥12,345.67 已过缴费截止日：',
      '有电费已过缴费截止日，共 ¥24,345.67：',
    ],
    [
      'overdueReminder email en',
      'CNY 24,345.67 for account 1000000001 falls due soon:',
      'CNY 24,345.67 for account 1000000001 is to be paid, of which CNY 12,345.67 is overdue:',
      'CNY 24,345.67 for account 1000000001 is overdue:',
    ],
    [
      'demand email zh-CN',
      '待缴电费共 ¥24,345.67，均未逾期：',
      '待缴电费共 ¥24,345.67，其中 ¥12,345.67 已逾期：',
      '欠缴电费共 ¥24,345.67：',
    ],
    [
      'demand email en',
      'owes CNY 24,345.67, none of it overdue yet:',
      'owes CNY 24,345.67, of which CNY 12,345.67 is overdue:',
      'owes CNY 24,345.67, all of it overdue:',
    ],
  ])('%s says how much of the sum is overdue', async (which, ...sentences) => {
    for (const [index, day] of [-30, MIXED, 1].entries())
      expect((await sent(which, day)).body).toContain(sentences[index]);
  });

  it.each([
    ['on the due date', -30, '电费即将到期'],
    ['the day after', -29, '电费已过缴费期'],
  ])('of an overdue reminder %s has the subject that is true', async (_rule, day, subject) => {
    expect((await sent('overdueReminder email zh-CN', day)).subject).toBe(subject);
  });

  it('has a subject of one line, whatever the name', async () => {
    const template = { ...shipped[0], subject: 'for {{ name }}', html: '' } as Template;
    const one = { template: () => Promise.resolve(template) } as unknown as RuleBook;
    const given = { ...valuesOf('billNotice', MIXED), name: 'a\r\nBcc: b@example.org' };
    expect((await render(one, template, given)).subject).toBe('for a Bcc: b@example.org');
  });
});

describe('the variables', () => {
  const engine = new Liquid();
  const used = (channel: string, language: string, key: string): string[] =>
    shipped
      .filter((row) => row.key === key && row.channel === channel && row.language === language)
      .flatMap(({ subject, body }) => engine.globalVariablesSync(`${subject}${body}`))
      .sort();
  const unique = (names: readonly string[]): string[] => [...new Set(names)];

  it.each(kinds)('of a %s are the same in both languages', (kind) => {
    for (const channel of ['sms', 'email'])
      expect(unique(used(channel, 'en', kind))).toEqual(unique(used(channel, 'zh-CN', kind)));
  });

  it.each(kinds)('of a %s are all among those that a letter has', (kind) => {
    const known = Object.keys(valuesOf(kind, MIXED));
    for (const channel of ['sms', 'email'])
      expect(known).toEqual(expect.arrayContaining(used(channel, 'zh-CN', kind)));
  });
});
