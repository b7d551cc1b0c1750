import { Client } from 'pg';
import type { Content } from './book-content';

/** Keeps the pieces of a file as they come; by the bare driver, which hands bytes on as they are. */
export type Pieces = Readonly<{
  add: (no: number, bytes: Buffer) => Promise<void>;
  close: () => Promise<void>;
}>;

export async function openPieces(databaseUrl: string, id: string): Promise<Pieces> {
  const client = await connected(databaseUrl);
  return {
    async add(no, bytes) {
      await client.query(
        `with kept as (insert into import_piece (run_id, no, bytes) values ($1, $2, $3))
         update import_run set bytes = bytes + $4, beat_at = clock_timestamp() where id = $1`,
        [id, no, bytes, bytes.length],
      );
    },
    close: () => client.end(),
  };
}

/** The file as it was sent: all of its bytes, or an error. Half a file would look like a whole one. */
export const piecesOf = (databaseUrl: string, id: string, bytes: number): Content =>
  async function* () {
    const client = await connected(databaseUrl);
    try {
      let left = bytes;
      for (let no = 0; left > 0; no += 1) {
        const { rows } = await client.query<{ bytes: Buffer }>(
          'select bytes from import_piece where run_id = $1 and no = $2',
          [id, no],
        );
        const [row] = rows;
        if (row === undefined) throw new RangeError('a piece of the file is not there any more');
        left -= row.bytes.length;
        yield row.bytes;
      }
    } finally {
      await client.end();
    }
  };

async function connected(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'tarim upload' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
