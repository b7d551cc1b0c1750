import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import type { Problem } from './schema/answers';

/** Bytes of an address and its headers, as many as a body may have: the longest list of ids that a schema takes, all in escapes, is refused by that schema. */
export const HEAD_LIMIT = 64 * 1024;

/** What cannot be read as a request at all never reaches a route; it is answered as a problem too, and the connection ends. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(answerTo(error.code));
  socket.destroy(error);
}

function answerTo(code: string | undefined): string {
  const [status, said, detail] = REFUSALS[code ?? ''] ?? UNREADABLE;
  const problem: z.output<typeof Problem> = {
    ...{ type: 'about:blank', title: STATUS_CODES[status] ?? '', status },
    ...{ detail, code: said, requestId: randomUUID() },
  };
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

type Refusal = readonly [status: number, code: z.output<typeof Problem>['code'], detail: string];

const UNREADABLE: Refusal = [400, 'badRequest', 'This is no HTTP request.'];
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [431, 'tooLarge', 'The address and the headers are too long together.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'badRequest', 'The request did not come in time.'],
};
