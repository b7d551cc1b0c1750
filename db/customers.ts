import type { Level } from '../domain/policy';
import type { Sql } from './client';

export type CustomerRow = Readonly<{
  customerNo: string;
  name: string;
  station: string;
  category: string;
  phone: string | null;
  email: string | null;
  language: string;
  collector: string | null;
  /** The latest grade; null when never graded. */
  level: Level | null;
}>;

/** Customers by number, as far as they are of the stations. `search`: the beginning of a number, a part of a name, or a whole phone number. */
export const listCustomers = (
  sql: Sql,
  {
    stations,
    station,
    search,
    after,
    limit,
  }: Readonly<{
    stations: readonly string[] | null;
    station: string | null;
    search: string | null;
    after: string | null;
    limit: number;
  }>,
): Promise<CustomerRow[]> =>
  sql.$queryRaw`
    select customer_no as "customerNo", name, station, category, phone, email, language, collector,
      (select level from grade g where g.customer_no = c.customer_no order by id desc limit 1) as level
    from customer c
    where (${stations === null} or station = any(${[...(stations ?? [])]})) and (${station}::text is null or station = ${station})
      and (${search}::text is null or starts_with(customer_no, ${search}) or position(${search} in name) > 0 or phone = ${search})
      and customer_no > ${after ?? ''}
    order by customer_no limit ${limit}`;

/** One customer as on file; null when unknown. */
export async function findCustomer(sql: Sql, customerNo: string): Promise<CustomerRow | null> {
  const [row] = await sql.$queryRaw<CustomerRow[]>`
    select customer_no as "customerNo", name, station, category, phone, email, language, collector,
      (select level from grade g where g.customer_no = c.customer_no order by id desc limit 1) as level
    from customer c where customer_no = ${customerNo}`;
  return row ?? null;
}
