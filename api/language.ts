import type { FastifyRequest } from 'fastify';
import { LANGUAGES, sayRefused, sayUntaken, type Language } from '../domain/words';

type Asking = Pick<FastifyRequest, 'headers'>;

/** The first language that the caller asks for and we have, by `Accept-Language`; Chinese when it asks for none of ours. */
export const languageOf = (request: Asking): Language => askedFor(request) ?? 'zh-CN';

/** The same for what is said in English to programs: English when it asks for none of ours. */
export const languageOfProblem = (request: Asking): Language => askedFor(request) ?? 'en';

/** A row with why it was refused, as the caller reads it. */
export const readBy =
  (request: Asking) =>
  <Row extends { refusedBecause: string | null }>(row: Row): Row => ({
    ...row,
    refusedBecause:
      row.refusedBecause === null
        ? null
        : sayRefused(languageOfProblem(request), row.refusedBecause),
  });

/** What an import keeps in English, as the caller reads it. */
export const untakenFor =
  (request: Asking) =>
  <Row extends { reason: string }>(row: Row): Row => ({
    ...row,
    reason: sayUntaken(languageOfProblem(request), row.reason),
  });

function askedFor({ headers }: Asking): Language | null {
  const wanted = (headers['accept-language'] ?? '')
    .split(',')
    .map((one) => {
      const [tag = '', ...params] = one.trim().toLowerCase().split(';');
      const weight = params.find((param) => param.trim().startsWith('q='));
      return { tag, weight: weight === undefined ? 1 : Number(weight.trim().slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const found = LANGUAGES.find((one) => tag.split('-')[0] === one.split('-')[0]);
    if (found !== undefined) return found;
  }
  return null;
}
