import type { Content, Looked } from './book-content';
import { WrongShape } from './wrong-shape';

/**
 * The text of a book, piece by piece: UTF-8 when all of it is valid UTF-8, else GB18030, which is what Excel writes in
 * China. A text in GB18030 is practically never valid UTF-8, so validity decides without a guess.
 *
 * @throws {WrongShape} while it is read, when it is neither.
 */
export const textOf = (content: Content, { utf8 }: Looked): AsyncIterable<Buffer | string> =>
  utf8 ? content() : decoded(content);

async function* decoded(content: Content): AsyncGenerator<string> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  for await (const piece of content()) yield decode(() => decoder.decode(piece, { stream: true }));
  yield decode(() => decoder.decode());
}

function decode(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new WrongShape('The file is neither UTF-8 nor GB18030. Save it as CSV (UTF-8).');
  }
}
