import { REFUSALS } from './words/refusals';

/** Why an order was refused, for a machine: a code of the table, and what its sentence names. */
export type Refusal = Readonly<{
  code: keyof typeof REFUSALS;
  params: Readonly<Record<string, string>>;
}>;

const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** `There is no bill {billNo}.` as what a sentence of it looks like. */
const lookOf = (template: string): RegExp => {
  const parts = template.split(/\{(\w+)\}/);
  return new RegExp(
    `^${parts.map((part, at) => (at % 2 === 0 ? plain(part) : `(?<${part}>.+?)`)).join('')}$`,
    's',
  );
};
const LOOKS = Object.entries(REFUSALS).map(
  ([code, { en }]) => [code as Refusal['code'], lookOf(en)] as const,
);

/**
 * What a sentence of refusal says, found by the table: an order's entry keeps the sentence alone, and so tells of old refusals too. Null where the
 * table has no such sentence.
 */
export function refusalOf(sentence: string): Refusal | null {
  for (const [code, look] of LOOKS) {
    const found = look.exec(sentence);
    if (found !== null) return { code, params: { ...found.groups } };
  }
  return null;
}
