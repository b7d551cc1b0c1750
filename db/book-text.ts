import type { Content, Looked } from './book-content';
import { WrongShape } from './wrong-shape';

/**
 * The text of a book, piece by piece: UTF-8, or GB18030, which is what Excel writes in China.
 *
 * @throws {WrongShape} while it is read, when it is neither, or when nobody can tell.
 */
export function textOf(content: Content, { encoding }: Looked): AsyncIterable<Buffer | string> {
  if (encoding === 'UTF-8') return content();
  return encoding === 'GB18030' ? decoded(content) : refused(REFUSED[encoding]);
}

const REFUSED = {
  'UTF-16': 'The file is in UTF-16. Save it as CSV (UTF-8).',
  either:
    'The file may be UTF-8 or GB18030: the few characters in it that are not ASCII are valid in both. Save it as CSV UTF-8 with a byte order mark, as Excel does.',
} as const;

async function* refused(because: string): AsyncGenerator<string> {
  yield await Promise.reject(new WrongShape(because));
}

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
