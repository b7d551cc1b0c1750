import { kinds, type ImportKind } from '../../db/import-kinds';
import { columnsOf, readRow } from '../../db/import-rows';

const customer = {
  customer_no: 'C-1_a',
  name: '王小明',
  station: 'TB01',
  category: 'residential',
  phone: '13871281212',
  email: 'wang@example.test',
  language: 'zh-CN',
};
const bill = {
  bill_no: 'B1-2026-03',
  customer_no: 'C1',
  period: '2026-03',
  amount: '-12.30',
  issued_on: '2026-03-01',
  due_on: '2026-03-01',
};
const payment = {
  payment_ref: 'P1',
  customer_no: 'C1',
  amount: '0.01',
  received_at: '2026-03-31T09:30:00+08:00',
  channel: '微信',
};
const good = { customers: customer, bills: bill, payments: payment };

function rowOf(kind: ImportKind, fields: Readonly<Record<string, string>>) {
  const names = Object.keys(fields);
  return readRow(columnsOf(kind, names), { line: 7, raw: 'raw', fields: Object.values(fields) });
}
const rejectOf = (kind: ImportKind, change: Readonly<Record<string, string>>) =>
  rowOf(kind, { ...good[kind], ...change }).reject;

describe('a good row', () => {
  test('of a customer is taken, its telephone number in E.164', () => {
    expect(rowOf('customers', customer).values).toEqual([
      ...['C-1_a', '王小明', 'TB01', 'residential', '+8613871281212', 'wang@example.test', 'zh-CN'],
    ]);
  });

  test('of a customer may lack telephone, e-mail and everything optional', () => {
    const optional = { phone: '', email: '', collector: '', deposit: '', prepaid_since: '' };
    const { values } = rowOf('customers', { ...customer, ...optional });
    expect(values?.slice(4)).toEqual([null, null, 'zh-CN', null, '0', null]);
  });

  test('of a bill may be a credit, and be due on the day of issue', () => {
    expect(rowOf('bills', bill).values).toContain('-1230');
  });

  test('of a payment has its instant in UTC', () => {
    expect(rowOf('payments', payment).values).toContain('2026-03-31T01:30:00.000Z');
  });

  test('may have blanks around its fields', () => {
    expect(rowOf('bills', { ...bill, amount: ' 5 ' }).values).toContain('500');
  });

  test.each(['13871281212', '+86 138 7128 1212', '010-62345678', '１３８７１２８１２１２'])(
    'may have the telephone number %s',
    (phone) => {
      expect(rejectOf('customers', { phone })).toBeNull();
    },
  );
});

describe('a bad row says which column, and why', () => {
  test.each<[ImportKind, string, string, string]>([
    ['customers', 'customer_no', '', 'is missing'],
    ['customers', 'customer_no', 'C 1', 'must be 1 to 32'],
    ['customers', 'customer_no', 'C/1', 'must be 1 to 32'],
    ['customers', 'customer_no', 'x'.repeat(33), 'must be 1 to 32'],
    ['customers', 'name', '', 'is missing'],
    ['customers', 'name', '王\u0007', 'control character'],
    ['customers', 'name', '王\n小明', 'control character'],
    ['customers', 'name', '王\0', 'control character'],
    ['customers', 'name', '\u202e明', 'control character'],
    ['customers', 'name', 'x'.repeat(101), 'longer than 100'],
    ['customers', 'station', 'TB/01', 'must be 1 to 32'],
    ['customers', 'category', 'castle', 'must be one of residential'],
    ['customers', 'phone', '62345678', 'no mobile or landline'],
    ['customers', 'phone', '12345678901', 'no mobile or landline'],
    ['customers', 'phone', '+85291234567', 'no mobile or landline'],
    ['customers', 'phone', '4001234567', 'no mobile or landline'],
    ['customers', 'phone', '010-62345678转801', 'no mobile or landline'],
    ['customers', 'email', 'wang', 'no single e-mail'],
    ['customers', 'email', 'a@x.cn,b@x.cn', 'no single e-mail'],
    ['customers', 'email', 'a@x.cn\r\nBcc: b@x.cn', 'no single e-mail'],
    ['customers', 'email', 'Wang <a@x.cn>', 'no single e-mail'],
    ['customers', 'language', 'zh', 'must be one of zh-CN, en'],
    ['customers', 'deposit', '-1', 'must not be negative'],
    ['customers', 'prepaid_since', '2026-02-30', 'a day that exists'],
    ['bills', 'bill_no', 'B 1', 'must be 1 to 64'],
    ['bills', 'period', '2026-13', 'must be a month'],
    ['bills', 'amount', '', 'is missing'],
    ['bills', 'amount', '1,234.50', 'at most two decimals'],
    ['bills', 'amount', '1.234', 'at most two decimals'],
    ['bills', 'amount', '1e3', 'at most two decimals'],
    ['bills', 'amount', '1000000000.01', 'beyond 1,000,000,000'],
    ['bills', 'amount', '-1000000000.01', 'beyond 1,000,000,000'],
    ['bills', 'issued_on', '2026/3/1', 'a day that exists'],
    ['bills', 'due_on', '', 'is missing'],
    ['bills', 'due_on', '2026-02-28', 'is before issued_on'],
    ['payments', 'amount', '0', 'must be above 0'],
    ['payments', 'amount', '-1', 'must be above 0'],
    ['payments', 'received_at', '2026-03-31 09:30:00', 'an instant with its offset'],
    ['payments', 'received_at', '2026-03-31T09:30:00', 'an instant with its offset'],
    ['payments', 'channel', '', 'is missing'],
  ])('%s: %s %j %s', (kind, column, text, reason) => {
    expect(rejectOf(kind, { [column]: text })).toEqual({
      column,
      reason: expect.stringContaining(reason) as string,
    });
  });

  test('or that it has another number of fields than the header', () => {
    const columns = columnsOf('bills', Object.keys(bill));
    const row = readRow(columns, { line: 3, raw: 'B1,C1', fields: ['B1', 'C1'] });
    expect(row.reject).toEqual({ column: '', reason: 'has 2 fields where the header has 6' });
  });
});

describe('a header', () => {
  const names = Object.keys(bill);

  test('may have its columns in any order', () => {
    const columns = columnsOf('bills', [...names].reverse());
    expect(columns.map(({ name }) => name)).toEqual([...names].reverse());
  });

  test.each([
    ['a missing column', names.slice(0, -1), 'the column due_on is missing'],
    ['an unknown column', [...names, 'colour'], 'the column "colour" is unknown'],
    ['a column twice', [...names, 'period'], 'the column period is there twice'],
    ['semicolons', [names.join(';')], 'not by semicolons'],
    ['another kind of book', Object.keys(payment), 'the column bill_no is missing'],
  ])('with %s refuses the file', (_, header, complaint) => {
    expect(() => columnsOf('bills', header)).toThrow(complaint);
  });

  test('of customers may lack the optional columns and no other', () => {
    const optional = kinds.customers.columns.filter((column) => 'optional' in column);
    expect(optional.map(({ name }) => name)).toEqual([
      ...[
        'address',
        'collector',
        'industry',
        'business_condition',
        'supply_area',
        'deposit',
        'prepaid_since',
      ],
    ]);
  });
});
