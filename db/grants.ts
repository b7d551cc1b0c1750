import { connect } from './migrate';

/** Rows of these are added, and never changed or removed. */
const ADDED_ONLY = 'escalation, grade, waiver';
/** Rows of these are never removed. An audit entry is completed by the transaction that adds it: a trigger refuses every later change. */
const NEVER_REMOVED = `command, import_file, ${ADDED_ONLY}`;

/**
 * Lets `role` work with the tables of this database, and nothing more: read and write rows, no tables of its own making, no evidence taken
 * back, no migrations. `databaseUrl` is the owner's. Safe to repeat; to be repeated after each migration.
 * @returns false when the server has no such role: only whoever runs the server can make one.
 */
export async function grantTo(databaseUrl: string, role: string): Promise<boolean> {
  const client = await connect(databaseUrl);
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) return false;
    const to = client.escapeIdentifier(role);
    await client.query('begin');
    for (const statement of statements(to)) await client.query(statement);
    await client.query('commit');
    return true;
  } finally {
    await client.end();
  }
}

const statements = (role: string): string[] => [
  `revoke all on all tables in schema public from ${role}`,
  `grant usage on schema public to ${role}`,
  // An import measures its table anew when it is done: that is `maintain`.
  `grant select, insert, update, delete, maintain on all tables in schema public to ${role}`,
  `grant usage on all sequences in schema public to ${role}`,
  `revoke delete on ${NEVER_REMOVED} from ${role}`,
  `revoke update on ${ADDED_ONLY} from ${role}`,
  `revoke insert, update, delete, maintain on _prisma_migrations from ${role}`,
];
