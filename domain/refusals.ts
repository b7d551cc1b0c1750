import { REFUSALS } from './words/refusals';

type Sentences = Readonly<Record<string, Readonly<{ en: string }>>>;
type Found<Table> = Readonly<{
  code: keyof Table & string;
  params: Readonly<Record<string, string>>;
}>;

/** Why an order was refused, for a machine: a code of the table, and what its sentence names. */
export type Refusal = Found<typeof REFUSALS>;

const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** `There is no bill {billNo}.` as what a sentence of it looks like. */
const lookOf = (template: string): RegExp => {
  const parts = template.split(/\{(\w+)\}/);
  return new RegExp(
    `^${parts.map((part, at) => (at % 2 === 0 ? plain(part) : `(?<${part}>.+?)`)).join('')}$`,
    's',
  );
};

/**
 * Finds by a table what an English sentence says: what is on file keeps the sentence alone, and so old ones are told too. The first row that fits
 * counts; null where the table has no such sentence.
 */
export function finderIn<Table extends Sentences>(
  table: Table,
): (sentence: string) => Found<Table> | null {
  const looks = Object.entries(table).map(([code, { en }]) => [code, lookOf(en)] as const);
  return (sentence) => {
    for (const [code, look] of looks) {
      const found = look.exec(sentence);
      if (found !== null) return { code, params: { ...found.groups } };
    }
    return null;
  };
}

export const refusalOf: (sentence: string) => Refusal | null = finderIn(REFUSALS);
