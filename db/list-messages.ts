import type { Instant } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import { every, is } from './where';
import { within, type Stations } from './within';

export type MessageRow = Readonly<{
  id: string;
  customerNo: string;
  name: string;
  station: string;
  period: string;
  stepKey: string;
  purpose: string;
  channel: string;
  address: string;
  language: string;
  owedFen: number;
  penaltyFen: number;
  status: string;
  detail: string;
  attempts: number;
  receipt: string | null;
  receiptAt: Instant | null;
  sendingAt: Instant;
}>;

/** `billNos`: whose rung the message was. */
export type MessageText = MessageRow &
  Readonly<{
    subject: string;
    body: string;
    html: string;
    bodySha256: string;
    templateVersion: number;
    provider: string;
    providerId: string | null;
    billNos: readonly string[];
  }>;

type Wanted = Readonly<{
  stations: Stations;
  station: string | null;
  customerNo: string | null;
  period: string | null;
  channel: string | null;
  status: string | null;
  /** Key of the last row seen: when it was sent, and its id. */
  after: readonly [string, string] | null;
  limit: number;
}>;

const columns = Prisma.sql`m.id::text as id, m.customer_no as "customerNo", c.name, c.station, m.period, m.step_key as "stepKey", m.purpose,
  m.channel, m.address, m.language, m.owed_fen::float8 as "owedFen", m.penalty_fen::float8 as "penaltyFen", m.status, m.detail, m.attempts,
  m.receipt, instant_text(m.receipt_at) as "receiptAt", instant_text(m.sending_at) as "sendingAt"`;

/** Messages without their texts, the latest first. */
export const listMessages = (
  sql: Sql,
  { stations, station, customerNo, period, channel, status, after, limit }: Wanted,
): Promise<MessageRow[]> => {
  const where = every([
    within(stations),
    is(Prisma.sql`c.station`, station),
    is(Prisma.sql`m.customer_no`, customerNo),
    is(Prisma.sql`m.period`, period),
    is(Prisma.sql`m.channel`, channel),
    is(Prisma.sql`m.status`, status),
    after === null
      ? null
      : Prisma.sql`m.sending_at <= ${after[0]}::timestamptz and (m.sending_at < ${after[0]}::timestamptz or m.id > ${after[1]}::uuid)`,
  ]);
  return sql.$queryRaw`
    select ${columns} from message m join customer c using (customer_no) where ${where} order by m.sending_at desc, m.id limit ${limit}`;
};

/** One message with all that it said; null when unknown. */
export async function findMessage(sql: Sql, id: string): Promise<MessageText | null> {
  const [row] = await sql.$queryRaw<MessageText[]>`
    select ${columns}, m.subject, m.body, m.html, m.body_sha256 as "bodySha256", m.template_version as "templateVersion", m.provider,
      m.provider_id as "providerId", array(select i.bill_no from intent i where i.message_id = m.id order by 1) as "billNos"
    from message m join customer c using (customer_no) where m.id = ${id}::uuid`;
  return row ?? null;
}
