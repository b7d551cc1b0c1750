import { Client } from 'pg';
import { readBook } from '../read-book';
import { copyCustomers } from './copy-rows';
import { placeFolder } from './place';

/** Where the slice comes from. */
export type Source = Readonly<{
  /** Everybody who has a bill. */
  customerNos: () => Promise<string[]>;
  /** Puts some of them into a database that has been migrated, with their bills and payments. */
  place: (databaseUrl: string, customerNos: readonly string[]) => Promise<void>;
}>;

/** A book in a folder, as for the import. */
export const folderSource = (folder: string): Source => ({
  async customerNos() {
    const { customers } = await readBook(folder);
    return customers.filter(({ bills }) => bills.length > 0).map(({ customerNo }) => customerNo);
  },
  place: (databaseUrl, customerNos) => placeFolder(databaseUrl, folder, new Set(customerNos)),
});

/** The book of a database, which is only read. */
export const databaseSource = (sourceUrl: string): Source => ({
  async customerNos() {
    const client = new Client({ connectionString: sourceUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ no: string }>(
        'select distinct customer_no as no from bill',
      );
      return rows.map(({ no }) => no);
    } finally {
      await client.end();
    }
  },
  place: (databaseUrl, customerNos) => copyCustomers(sourceUrl, databaseUrl, customerNos),
});
