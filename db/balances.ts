import { Client, escapeLiteral } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { toFen, type Fen } from '../domain/fen';
import { instantAt, plusDays, type CivilDate } from '../domain/time';
import type { Stations } from './within';

/** Bills less payments; negative is a credit. */
export type Balance = Readonly<{ customerNo: string; balanceFen: Fen }>;

/**
 * The balance of every customer, by number, also of those who were never billed. One statement, so it is one moment of
 * the book; read as it comes, so a million customers need no more memory than one.
 *
 * @param asOf - counts bills issued and payments received to the end of that day; null counts the whole book.
 * @param stations - null: all.
 */
export async function* readBalances(
  databaseUrl: string,
  asOf: CivilDate | null,
  stations: Stations = null,
): AsyncGenerator<Balance> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'tarim balances' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for await (const line of lines(client.query(copyTo(balancesSql(asOf, stations))))) {
      const tab = line.lastIndexOf('\t');
      yield {
        customerNo: line.slice(0, tab),
        balanceFen: toFen(Number(line.slice(tab + 1))),
      };
    }
  } finally {
    await client.end();
  }
}

/** COPY takes no parameters; the day is a checked one. */
function balancesSql(asOf: CivilDate | null, stations: Stations): string {
  const names = (stations ?? []).map(escapeLiteral).join(', ');
  const within = stations === null ? '' : `where station = any(array[${names}]::text[])`;
  const issued = asOf === null ? '' : `where issued_on <= '${asOf}'`;
  const received = asOf === null ? '' : `where received_at < '${instantAt(plusDays(asOf, 1))}'`;
  return `copy (
    select customer_no, coalesce(billed.fen, 0) - coalesce(paid.fen, 0)
    from customer
    left join (select customer_no, sum(amount_fen) as fen from bill ${issued} group by 1) billed using (customer_no)
    left join (select customer_no, sum(amount_fen) as fen from payment ${received} group by 1) paid using (customer_no)
    ${within} order by customer_no collate "C") to stdout`;
}

async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
