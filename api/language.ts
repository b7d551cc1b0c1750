import type { FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from '../domain/words';

/** The first language that the caller asks for and we have, by `Accept-Language`; Chinese when it asks for none of ours. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
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
  return 'zh-CN';
}
