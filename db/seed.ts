import type { Client } from 'pg';
import templates from './policies/templates-v1.json';
import { holidayRows } from './shipped-holidays';
import { inForceAtFirst } from './shipped';

/**
 * Puts the rules that Tarim ships with in place: policies, message templates, the holidays of China. Safe to repeat:
 * rows are versioned, so one that is there already stays as it is, also where staff changed a holiday. A day that was deleted comes back,
 * which is the safe side: whoever wants to work on it makes it a `makeUpWorkday`.
 */
export async function seed(client: Client): Promise<void> {
  for (const policy of inForceAtFirst) {
    await client.query(
      `insert into policy (id, kind, body, author, effective_from, activated_at, activated_by)
       values ($1, $2, $3, $4, $5, clock_timestamp(), $4) on conflict do nothing`,
      [policy.id, policy.kind, policy.body, policy.author, policy.effectiveFrom],
    );
  }
  await client.query(
    `insert into template (key, channel, language, version, subject, body, author)
     select key, channel, language, version, subject, body, 'founding engineers'
     from jsonb_to_recordset($1::jsonb) as row (key text, channel text, language text, version int, subject text, body text)
     on conflict do nothing`,
    [JSON.stringify(templates)],
  );
  await client.query(
    `insert into holiday (day, kind, name)
     select day, kind, name from jsonb_to_recordset($1::jsonb) as row (day date, kind text, name text)
     on conflict do nothing`,
    [JSON.stringify(holidayRows)],
  );
}
