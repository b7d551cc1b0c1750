/**
 * `node samples/make-sample.cjs FOLDER` writes the sample anew from the full book (customers, bills and payments as .csv.gz).
 * The same book gives the same sample: customers are drawn in the order of a hash of their number.
 */
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { gunzipSync } = require('node:zlib');

const SIZE = 360;
/** How many of the drawn must at least be so. The rest is drawn as it comes. */
const QUOTAS = [
  [60, 'credit', ({ bills }) => bills.some((bill) => bill.amount.startsWith('-'))],
  [90, 'late', ({ payments }) => payments.some(isLate)],
  [60, 'three unpaid', (customer) => unpaidMonths(customer) >= 3],
  [40, 'English', ({ row }) => row.language === 'en'],
  ...['residential', 'commercial', 'industrial', 'agricultural', 'dedicated_transformer'].map(
    (category) => [30, category, ({ row }) => row.category === category],
  ),
  ...['TB01', 'TB02', 'TB03', 'TB04', 'TB05'].map((station) => [
    60,
    station,
    ({ row }) => row.station === station,
  ]),
];

const folder = process.argv[2];
if (folder === undefined) throw new Error('node samples/make-sample.cjs FOLDER');
const books = Object.fromEntries(
  ['customers', 'bills', 'payments'].map((kind) => [kind, read(kind)]),
);
const chosen = choose(customersOf(books));
for (const [kind, { header, rows }] of Object.entries(books)) {
  const kept = rows.filter((row) => chosen.has(row.customer_no)).map((row) => row.text);
  writeFileSync(join(__dirname, `${kind}.csv`), [header, ...kept, ''].join('\n'));
  console.log(`${kind}: ${kept.length} rows`);
}

/** The full book quotes nothing, so a comma separates. */
function read(kind) {
  const text = gunzipSync(readFileSync(join(folder, `${kind}.csv.gz`))).toString('utf8');
  if (text.includes('"')) throw new Error(`${kind} has quotes`);
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = header.split(',');
  const rows = lines.map((line) => {
    const fields = line.split(',');
    return { text: line, ...Object.fromEntries(names.map((name, at) => [name, fields[at]])) };
  });
  return { header, rows };
}

function customersOf({ customers, bills, payments }) {
  const all = new Map(
    customers.rows.map((row) => [row.customer_no, { row, bills: [], payments: [] }]),
  );
  for (const row of bills.rows) all.get(row.customer_no).bills.push(row);
  for (const row of payments.rows) all.get(row.customer_no).payments.push(row);
  const hash = (no) => createHash('sha256').update(no).digest('hex');
  return [...all.values()]
    .map((customer) => ({ ...customer, order: hash(customer.row.customer_no) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
}

function choose(customers) {
  const chosen = new Map();
  const add = (customer) => chosen.set(customer.row.customer_no, customer);
  for (const [wanted, , is] of QUOTAS) {
    let missing = wanted - [...chosen.values()].filter(is).length;
    for (const customer of customers) {
      if (missing <= 0) break;
      if (chosen.has(customer.row.customer_no) || !is(customer)) continue;
      add(customer);
      missing -= 1;
    }
  }
  for (const customer of customers) if (chosen.size < SIZE) add(customer);
  for (const [wanted, name, is] of QUOTAS) {
    console.log(`${name}: ${[...chosen.values()].filter(is).length}, at least ${wanted}`);
  }
  return new Set(chosen.keys());
}

/** Bills are due on the 20th. */
function isLate(payment) {
  return payment.received_at.slice(8, 10) > '20';
}

/** Months billed in which nothing came. The book has no payments of its first month. */
function unpaidMonths({ bills, payments }) {
  const paid = new Set(payments.map((payment) => payment.received_at.slice(0, 7)));
  return bills.filter(
    ({ amount, period }) => Number(amount) > 0 && period > '2005-04' && !paid.has(period),
  ).length;
}
