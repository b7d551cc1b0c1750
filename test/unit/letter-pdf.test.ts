import { openLetterFont } from '../../api/letter-font';
import { pdfOf } from '../../api/letter-pdf';
import { textOf, wordsOf } from '../../api/letter-words';
import type { PaperLetter } from '../../db/letters';
import { paperDemand, type PaperDemand } from '../../domain/paper-letter';
import { on, rulesV1, someBill, someFacts } from '../support/facts';
import { readPdf } from '../support/read-pdf';

const { policy } = rulesV1();
const font = openLetterFont(undefined);

function demandOf(given: Parameters<typeof someFacts>[0], at = on(10)): PaperDemand {
  const demand = paperDemand(someFacts(given), policy, at);
  if (typeof demand === 'string') throw new Error(demand);
  return demand;
}

const letterOf = (more: Partial<PaperLetter> = {}, demand = demandOf({})): PaperLetter => ({
  ...demand,
  ...{ taskId: '6f1c0a52-0b2f-4d5e-9a53-1234567890ab', station: '塔北', customerNo: 'C00027' },
  ...{
    name: '欧阳䶮喆',
    address: '塔北镇团结路 7 号',
    collector: '周明',
    serveBy: on(12, 20 * 60),
  },
  ...more,
});
const print = async (...letters: readonly PaperLetter[]) =>
  readPdf(await pdfOf(letters.map(wordsOf), font));
/** Without the breaks that the width of the page makes. */
const flat = (text: string): string => text.replace(/\s/g, '');

test('a letter read back from paper is the letter, to the last character', async () => {
  const [page = ''] = await print(letterOf());
  for (const line of textOf(wordsOf(letterOf())).split('\n'))
    expect(flat(page)).toContain(flat(line));
  expect(flat(page)).toHaveLength(flat(textOf(wordsOf(letterOf()))).length);
});

test('it says who, where, which months, how much in figures and in capitals, until when, and has a receipt', () => {
  expect(textOf(wordsOf(letterOf())).split('\n')).toEqual([
    ...['催缴电费通知书', '编号：6f1c0a52-0b2f-4d5e-9a53-1234567890ab'],
    ...['欧阳䶮喆（户号 C00027）：', '用电地址：塔北镇团结路 7 号'],
    '截至 2026 年 3 月 30 日 09:00，您户下列电费已逾期，尚未缴清：',
    ...['电费年月', '账单号', '缴费截止日', '账单金额', '未缴电费', '违约金'],
    ...['2026-02', 'b1', '2026-03-20', '¥100.00', '¥100.00', '¥1.00'],
    '未缴电费 ¥100.00，违约金（计至 2026 年 3 月 30 日）¥1.00，应缴总额 ¥101.00。',
    '大写金额：人民币壹佰零壹元整',
    '依据《电力供应与使用条例》第三十九条，逾期电费自逾期之日起按日计收违约金，每日 1‰，计至缴清为止。',
    '请收到本通知书后立即缴清。如您已缴费，请忽略本通知书。如对账单有异议，请致电 95598。',
    ...['塔北供电所', '催费员：周明', '2026 年 3 月 30 日'],
    ...['送达回执', '编号：6f1c0a52-0b2f-4d5e-9a53-1234567890ab'],
    ...['受送达人：欧阳䶮喆（户号 C00027）', '送达地址：塔北镇团结路 7 号'],
    '送达文书：催缴电费通知书，应缴总额 ¥101.00；应于 2026 年 4 月 1 日 20:00 前送达',
    '送达方式：□ 直接送达  □ 留置送达  □ 邮寄  □ 退回或无法送达',
    '签收人：＿＿＿＿＿＿＿＿  签收时间：＿＿＿＿年＿＿月＿＿日＿＿时',
    '送达人：周明  见证人：＿＿＿＿＿＿＿＿',
  ]);
});

test('many letters are as many pages, each its own', async () => {
  const pages = await print(letterOf(), letterOf({ name: '李㛃' }), letterOf({ address: null }));
  expect(pages).toHaveLength(3);
  expect(pages.map((page) => page.includes('李㛃'))).toEqual([false, true, false]);
  expect(pages[2]).toContain('用电地址：（未登记）');
});

test('sixty bills go over the page, each once, with the heads of the table and one receipt', async () => {
  const bills = Array.from({ length: 60 }, (_, i) =>
    someBill({ billNo: `B${String(i).padStart(63, '0')}`, due: -i, issued: -i - 18 }),
  );
  const pages = await print(letterOf({}, demandOf({ bills })));
  expect(pages.length).toBeGreaterThan(1);
  const all = flat(pages.join(''));
  for (const { billNo } of bills) expect(all.split(billNo)).toHaveLength(2);
  expect(all.split('送达回执')).toHaveLength(2);
  expect(pages.slice(0, 2).every((page) => page.includes('缴费截止日'))).toBe(true);
});

test('the longest name and address that the book takes fit with their receipt on the page', async () => {
  const long = '塔'.repeat(100);
  expect(await print(letterOf({ name: long, address: long }))).toHaveLength(1);
});

test('a character that the font does not have is found before it is printed', () => {
  expect(font.missing('欧阳䶮喆，李㛃，王𬭎')).toEqual([]);
  expect(font.missing('吴𠮷𠮷')).toEqual(['𠮷']);
});

test.each([
  ['/nowhere.ttf', 'ENOENT'],
  [__filename, 'cannot be used as a font'],
])('a font file %s that cannot be used says what to do', (path, why) => {
  expect(() => openLetterFont(path)).toThrow(why);
  expect(() => openLetterFont(path)).toThrow('LETTER_FONT takes the path of a TTF or OTF file.');
});
