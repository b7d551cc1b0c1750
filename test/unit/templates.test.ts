import { Liquid } from 'liquidjs';
import { render } from '../../activities/render';
import templates from '../../db/policies/templates-v1.json';
import type { RuleBook, Template } from '../../db/rules';
import { demanded, letterValues, purposeOf, type LetterKind } from '../../domain/letter';
import { smsParts } from '../../domain/sms-text';
import { on, policyV1, someBill, someFacts } from '../support/facts';

const shipped: readonly Template[] = templates.map((row) => ({ ...(row as Template), html: '' }));
const kinds = Object.keys(purposeOf) as LetterKind[];

const book = {
  template: (key: string, channel: string, language: string) => {
    const found = shipped.find(
      (row) => row.key === key && row.channel === channel && row.language === language,
    );
    return found === undefined
      ? Promise.reject(new Error(`no ${key} ${channel} ${language}`))
      : Promise.resolve(found);
  },
} as RuleBook;

/** As long as it gets: a ten-digit number, five figures and a penalty. */
const facts = someFacts({
  bills: [
    someBill({ billNo: 'old', period: '2026-01', issued: -48, due: -30, fen: 345_67 }),
    someBill({ billNo: 'new', fen: 12_000_00 }),
  ],
});
const valuesOf = (kind: LetterKind): Record<string, unknown> => ({
  ...letterValues(demanded(facts, policyV1(), on(5)), {
    customerNo: '1000000001',
    name: '塔北县<人民>医院',
    station: '塔北',
    kind,
    asOf: on(5),
  }),
  penalty: '123.45',
});
const written = (row: Pick<Template, 'key' | 'channel' | 'language'>, more = {}) =>
  render(book, row, { ...valuesOf(row.key as LetterKind), ...more });

it('there is one for each letter, channel and language', () => {
  const names = shipped.map(({ key, channel, language }) => `${key} ${channel} ${language}`);
  const wanted = kinds.flatMap((kind) =>
    ['sms', 'email'].flatMap((channel) => ['zh-CN', 'en'].map((l) => `${kind} ${channel} ${l}`)),
  );
  expect([...names].sort()).toEqual(wanted.sort());
});

describe.each(shipped)('$key $channel $language', (row) => {
  it('needs no value that it is not given, with a penalty and without', async () => {
    await expect(written(row)).resolves.toMatchObject({ version: 1 });
    await expect(written(row, { penalty: '' })).resolves.toMatchObject({ version: 1 });
  });

  it('names the account and, when money is owed, how much', async () => {
    const { body } = await written(row);
    expect(body).toContain('1000000001');
    expect(body).toContain('12,345.67');
    expect(body).not.toMatch(/undefined|null|\[object|\{\{|\{%/);
  });

  it('refuses to be written with a gap', async () => {
    await expect(render(book, row, {})).rejects.toThrow(/undefined variable/);
  });
});

describe('an SMS', () => {
  const sms = shipped.filter(({ channel }) => channel === 'sms');

  it.each(sms)('$key in $language is one part', async (row) => {
    const { body, subject, html } = await written(row);
    const { parts, units } = smsParts(body);
    expect({ parts, subject, html }).toEqual({ parts: 1, subject: '', html: '' });
    if (row.language === 'zh-CN') expect(units).toBeLessThanOrEqual(70);
  });

  it('says only of a day that is past that it is past', async () => {
    const { body } = await written({ key: 'overdueReminder', channel: 'sms', language: 'zh-CN' });
    expect(body).toBe(
      '户号1000000001：电费12,345.67元已过2026-02-18缴费期，违约金123.45元，请尽快缴纳。已缴请忽略。',
    );
  });
});

describe('an e-mail', () => {
  const mails = shipped.filter(({ channel }) => channel === 'email');

  it.each(mails)('$key in $language lists every bill, and says how to object', async (row) => {
    const { body, subject, html } = await written(row);
    for (const part of ['2026-01', '2026-02', '345.67', '12,000.00', '123.45', '95598'])
      expect(body).toContain(part);
    expect(subject).not.toBe('');
    expect(html).toContain('&lt;人民&gt;');
    expect(html).not.toContain('<人民>');
  });

  it('has a subject of one line, whatever the name', async () => {
    const template = { ...shipped[0], subject: 'for {{ name }}', html: '' } as Template;
    const one = { template: () => Promise.resolve(template) } as unknown as RuleBook;
    const given = { ...valuesOf('billNotice'), name: 'a\r\nBcc: b@example.org' };
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
    const known = Object.keys(valuesOf(kind));
    for (const channel of ['sms', 'email'])
      expect(known).toEqual(expect.arrayContaining(used(channel, 'zh-CN', kind)));
  });
});
