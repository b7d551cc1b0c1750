import * as read from './import-fields';
import type { ReadField } from './import-fields';

export const importKinds = ['customers', 'bills', 'payments'] as const;
export type ImportKind = (typeof importKinds)[number];

/** `name` in the file and in rejects, `column` in the database. */
export type Column = Readonly<{
  name: string;
  column: string;
  type: 'text' | 'bigint' | 'date' | 'timestamptz(3)';
  optional?: true;
  read: ReadField;
}>;

/** The first column is the key. Amounts stand in the file in yuan and in the database in fen. */
export type Kind = Readonly<{ table: string; columns: readonly [Column, ...Column[]] }>;

const text = (name: string, how: ReadField): Column => ({
  name,
  column: name,
  type: 'text',
  read: how,
});
const day = (name: string, how: ReadField): Column => ({
  name,
  column: name,
  type: 'date',
  read: how,
});

const categories = [
  'residential',
  'commercial',
  'industrial',
  'agricultural',
  'dedicated_transformer',
  'government',
  'school',
] as const;

/** What each kind of file holds. A column that is not optional must be there, though its field may be empty where it says so. */
export const kinds = {
  customers: {
    table: 'customer',
    columns: [
      text('customer_no', read.customerNo),
      text('name', read.requiredText),
      text('station', read.station),
      text('category', read.oneOf(categories)),
      text('phone', read.phone),
      text('email', read.email),
      text('language', read.oneOf(['zh-CN', 'en'])),
      { ...text('address', read.optionalText), optional: true },
      { ...text('collector', read.optionalText), optional: true },
      { ...text('industry', read.optionalText), optional: true },
      { ...text('business_condition', read.optionalText), optional: true },
      { ...text('supply_area', read.optionalText), optional: true },
      {
        name: 'deposit',
        column: 'deposit_fen',
        type: 'bigint',
        optional: true,
        read: read.deposit,
      },
      { ...day('prepaid_since', read.optionalDate), optional: true },
    ],
  },
  bills: {
    table: 'bill',
    columns: [
      text('bill_no', read.reference),
      text('customer_no', read.customerNo),
      text('period', read.period),
      { name: 'amount', column: 'amount_fen', type: 'bigint', read: read.amount },
      day('issued_on', read.date),
      day('due_on', read.date),
    ],
  },
  payments: {
    table: 'payment',
    columns: [
      text('payment_ref', read.reference),
      { ...text('customer_no', read.customerNo), column: 'given_customer_no' },
      { name: 'amount', column: 'amount_fen', type: 'bigint', read: read.amountPaid },
      { name: 'received_at', column: 'received_at', type: 'timestamptz(3)', read: read.instant },
      text('channel', read.requiredText),
    ],
  },
} as const satisfies Record<ImportKind, Kind>;
