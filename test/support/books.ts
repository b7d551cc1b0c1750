import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { held } from '../../db/book-content';
import type { ImportKind } from '../../db/import-kinds';
import { importBook, type Imported } from '../../db/imports';

export const customersCsv = (...lines: string[]): string =>
  ['customer_no,name,station,category,phone,email,language', ...lines].join('\n');
export const billsCsv = (...lines: string[]): string =>
  ['bill_no,customer_no,period,amount,issued_on,due_on', ...lines].join('\n');
export const paymentsCsv = (...lines: string[]): string =>
  ['payment_ref,customer_no,amount,received_at,channel', ...lines].join('\n');

/** Two customers who are in nobody's way. */
export const wang = 'wang,王小明,TB01,residential,13871281212,wang@example.test,zh-CN';
export const liu = 'liu,Liu Fang,TB02,industrial,,,en';
export const billOf = (customerNo: string, amount = '100.00', month = '2026-03'): string =>
  `B-${customerNo}-${month},${customerNo},${month},${amount},${month}-01,${month}-20`;
export const paymentOf = (customerNo: string, amount = '40.00', ref = `P-${customerNo}`): string =>
  `${ref},${customerNo},${amount},2026-03-31T09:30:00+08:00,counter`;

/** Imports a text and gives the rejects' lines beside the result. */
export async function importText(
  databaseUrl: string,
  kind: ImportKind,
  csv: string,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<Imported & { rejects: string[] }> {
  let rejects: string[] = [];
  const keepRejects = async (stream: Readable) => {
    rejects = (await text(stream)).trimEnd().split('\n');
  };
  const book = { kind, name: `${kind}.csv`, content: held(Buffer.from(csv)), dryRun, keepRejects };
  return { ...(await importBook(databaseUrl, book)), rejects };
}
