import type { Cli } from './cli';
import { catalogues, type Word } from './words';

/** The word of the trade for a code, in the person's language; the code itself where there is none, such as a step of a policy of one's own. */
export function termOf({ lang, t }: Cli, code: string): string {
  const word = `term.${code}`;
  return word in catalogues[lang] ? t(word as Word) : code;
}
