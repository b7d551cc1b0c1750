import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { printLetter } from '../db/letters';
import { findTask, listTasks, NO_TASK_FILTER } from '../db/tasks';
import { sees, type Principal } from '../domain/permissions';
import type { Deps } from './deps';
import { openLetterFont, type LetterFont } from './letter-font';
import { pdfOf } from './letter-pdf';
import { textOf, wordsOf, type LetterWords } from './letter-words';
import { paged, readCursor } from './page';
import { notFound, ProblemError } from './problem';
import { orderOf, refuseHead, route } from './route';
import { Station } from './schema/common';
import type { Order } from '../db/commands';

/** A batch is written within a second or two, and read by one printer. */
const LETTERS_MAX = 100;
const PDF = {
  description: 'The letters, one after the other',
  content: { 'application/pdf': { schema: z.string().meta({ format: 'binary' }) } },
};
const about = { permission: 'letter.print', tag: 'letters', response: { 200: PDF } } as const;

/** Demand letters on paper. That one was printed is on record; the Idempotency-Key keeps it from being there twice. */
export function registerLetters(app: FastifyInstance, deps: Deps): void {
  const { LETTER_FONT: path } = deps.config;
  let opened: LetterFont | null = path === undefined ? null : openLetterFont(path);
  const printer: Printer = { ...deps, font: () => (opened ??= openLetterFont(undefined)) };
  one(app, printer);
  many(app, printer);
}

type Printer = Deps & Readonly<{ font: () => LetterFont }>;

function one(app: FastifyInstance, printer: Printer): void {
  const spec = {
    ...about,
    summary: 'The demand letter of a task, with what is owed at this instant',
    params: z.strictObject({ id: z.uuid() }),
  } as const;
  route(app, 'GET', '/tasks/:id/letter', spec, async (call) => {
    const { params, principal, request, reply } = call;
    refuseHead(request);
    await ownTask(printer, principal, params.id);
    const order = await orderOf(printer.db, call, 'letter');
    const letter = await write(printer, order, params.id);
    if (typeof letter === 'string') throw new ProblemError('refused', letter);
    return send(reply, printer, [letter], `letter-${params.id}.pdf`);
  });
}

const query = z.strictObject({
  station: Station.optional().describe('of all its open letter tasks, the most urgent first'),
  ids: z
    .string()
    .max(40 * LETTERS_MAX)
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.uuid()).max(LETTERS_MAX))
    .optional()
    .describe('of these tasks, with commas'),
  limit: z.coerce.number().int().min(1).max(LETTERS_MAX).default(LETTERS_MAX),
  cursor: z.string().max(500).optional().describe('`tarim-next-cursor` of the batch before'),
});

function many(app: FastifyInstance, printer: Printer): void {
  const summary =
    'Many demand letters as one PDF. Headers: tarim-printed, how many; tarim-left-out, the tasks whose letter was refused; tarim-next-cursor';
  route(app, 'GET', '/letters', { ...about, summary, query }, async (call) => {
    const { request, reply } = call;
    refuseHead(request);
    const order = await orderOf(printer.db, call, 'letter');
    const letters: LetterWords[] = [];
    const leftOut: { id: string; because: string }[] = [];
    let next: string | null = null;
    for await (const { ids, nextCursor } of batches(printer, call)) {
      for (const id of ids) {
        const letter = await write(printer, { ...order, id: `${order.id}/${id}` }, id);
        if (typeof letter === 'string') leftOut.push({ id, because: letter });
        else letters.push(letter);
      }
      next = nextCursor;
      // A batch of which nothing is owed any more must not hide those behind it.
      if (letters.length > 0) break;
    }
    const [first] = leftOut;
    if (letters.length === 0)
      throw new ProblemError(
        'refused',
        first === undefined
          ? 'There is no letter to print.'
          : `Of ${leftOut.length} letters none can be printed. The first: ${first.because}`,
      );
    reply.header('tarim-printed', letters.length);
    if (first !== undefined) reply.header('tarim-left-out', leftOut.map(({ id }) => id).join(','));
    if (next !== null) reply.header('tarim-next-cursor', next);
    return send(reply, printer, letters, 'letters.pdf');
  });
}

type Wanted = Readonly<{ query: z.output<typeof query>; principal: Principal }>;
type Batch = Readonly<{ ids: readonly string[]; nextCursor: string | null }>;

/** @throws ProblemError 404 when one of the tasks named is another station's, before anything is printed. */
async function* batches(
  printer: Printer,
  { query: { station, ids, limit, cursor }, principal }: Wanted,
): AsyncGenerator<Batch> {
  if ((station === undefined) === (ids === undefined))
    throw new ProblemError('badRequest', 'Give either station or ids.');
  if (ids !== undefined) {
    for (const id of ids) await ownTask(printer, principal, id);
    yield { ids, nextCursor: null };
    return;
  }
  const { db } = printer;
  const { stations } = principal;
  const filter = { ...NO_TASK_FILTER, kind: 'letter', station: station ?? null };
  const asOf = await stationNow(db);
  let at = cursor;
  do {
    const after = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), at);
    const rows = await listTasks(db, { stations, filter, asOf, after, limit: limit + 1 });
    const { items, nextCursor } = paged(rows, limit, ({ dueAt, id }) => [dueAt, id]);
    yield { ids: items.map(({ id }) => id), nextCursor };
    at = nextCursor ?? undefined;
  } while (at !== undefined);
}

async function ownTask({ db }: Printer, principal: Principal, id: string): Promise<void> {
  const task = await findTask(db, id);
  if (task === null || !sees(principal, task.station)) throw notFound(`task ${id}`);
}

/** A letter, or the sentence why there is none. */
async function write(
  { db, book, font }: Printer,
  order: Order,
  taskId: string,
): Promise<LetterWords | string> {
  const letter = await printLetter(db, book, order, taskId, (one) => {
    const missing = font().missing(textOf(wordsOf(one)).replaceAll('\n', ''));
    return missing.length === 0
      ? null
      : `The font of letters cannot show ${missing.join(' ')}. LETTER_FONT names a file that can.`;
  });
  return 'kind' in letter ? letter.because : wordsOf(letter);
}

async function send(
  reply: FastifyReply,
  { font }: Printer,
  letters: readonly LetterWords[],
  name: string,
): Promise<Buffer> {
  const pdf = await pdfOf(letters, font());
  reply.type('application/pdf').header('content-disposition', `inline; filename="${name}"`);
  return pdf;
}
