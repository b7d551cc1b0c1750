import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One message that the server took responsibility for, whether or not its answer was ever read. */
type TakenSms = Readonly<{
  sid: string;
  to: string;
  from: string;
  body: string;
  statusCallback: string | undefined;
  createdAt: Date;
}>;

/** `dropTaken`: recorded, and the socket reset before the answer. `error`: as the real API's JSON body. */
export type TwilioBehaviour =
  | 'accept'
  | 'drop'
  | 'dropTaken'
  | 'stall'
  | 'trickle'
  | 'garbled'
  | { error: number; status: number; retryAfter?: string };

export const INVALID: TwilioBehaviour = { error: 21211, status: 400 };
export const LANDLINE: TwilioBehaviour = { error: 21614, status: 400 };
export const OPTED_OUT: TwilioBehaviour = { error: 21610, status: 400 };
export const BUSY: TwilioBehaviour = { error: 20429, status: 429, retryAfter: '7' };

export type FakeTwilio = Readonly<{
  url: string;
  accountSid: string;
  authToken: string;
  /** In the order of acceptance, duplicates included. */
  taken: readonly TakenSms[];
  /** To whom a message was refused with an error, in the order of their coming. */
  refused: readonly string[];
  /** What becomes of the next messages to `to`, one each; after these it is accepted. */
  plan: (to: string, ...behaviours: readonly TwilioBehaviour[]) => void;
  /** What becomes of every message and look-up from now on that has no plan of its own. */
  always: (behaviour: TwilioBehaviour) => void;
  /** Answers come this much later. */
  slow: (latencyMs: number) => void;
  /** What becomes of the next look-ups. */
  planList: (...behaviours: readonly TwilioBehaviour[]) => void;
  close: () => Promise<void>;
}>;

const ACCOUNT = `AC${'0'.repeat(32)}`;
const TOKEN = 'fake-token';

/** The parts of Twilio's REST API that Tarim uses, on localhost, misbehaving on order. Needs nothing but a free port. */
export async function startFakeTwilio(port = 0): Promise<FakeTwilio> {
  const taken: TakenSms[] = [];
  const refused: string[] = [];
  const plans = new Map<string, TwilioBehaviour[]>();
  const listPlan: TwilioBehaviour[] = [];
  let ordinary: TwilioBehaviour = 'accept';
  let latencyMs = 0;

  const create = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await bodyOf(request));
    const to = form.get('To') ?? '';
    const behaviour = plans.get(to)?.shift() ?? ordinary;
    if (behaviour === 'accept' || behaviour === 'dropTaken' || behaviour === 'garbled')
      taken.push(smsOf(form, taken.length));
    else if (typeof behaviour === 'object') refused.push(to);
    const sms = taken.at(-1);
    if (latencyMs > 0) await new Promise((over) => setTimeout(over, latencyMs));
    behave(behaviour, response, () => ({ status: 201, json: resource(sms) }));
  };
  const list = (request: IncomingMessage, response: ServerResponse) => {
    const query = new URL(request.url ?? '', 'http://fake').searchParams;
    behave(listPlan.shift() ?? ordinary, response, () => ({
      status: 200,
      json: page(taken, query),
    }));
  };

  const server = createServer((request, response) => {
    if (!isSignedIn(request)) fail(response, { error: 20003, status: 401 });
    else if (!(request.url ?? '').startsWith(`/2010-04-01/Accounts/${ACCOUNT}/Messages.json`))
      fail(response, { error: 20404, status: 404 });
    else if (request.method === 'POST') void create(request, response);
    else list(request, response);
  });
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accountSid: ACCOUNT,
    authToken: TOKEN,
    taken,
    refused,
    plan: (to, ...behaviours) => void plans.set(to, [...behaviours]),
    slow: (ms) => void (latencyMs = ms),
    always: (behaviour) => void (ordinary = behaviour),
    planList: (...behaviours) => void listPlan.push(...behaviours),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

type Answer = { status: number; json: unknown };

function behave(behaviour: TwilioBehaviour, response: ServerResponse, answer: () => Answer): void {
  if (typeof behaviour === 'object') {
    fail(response, behaviour);
    return;
  }
  switch (behaviour) {
    case 'drop':
    case 'dropTaken':
      response.socket?.resetAndDestroy();
      return;
    case 'stall':
      return;
    case 'trickle': {
      trickle(response);
      return;
    }
    case 'garbled':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>proxy says hello</html>');
      return;
    case 'accept': {
      const { status, json } = answer();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    }
  }
}

/** A byte now and then, for ever: no socket time-out ever notices. */
function trickle(response: ServerResponse): void {
  response.writeHead(201, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}

function fail(response: ServerResponse, { error, status, retryAfter }: Failure): void {
  const headers = { 'content-type': 'application/json' };
  response
    .writeHead(
      status,
      retryAfter === undefined ? headers : { ...headers, 'retry-after': retryAfter },
    )
    .end(JSON.stringify({ code: error, message: `error ${error}`, more_info: '', status }));
}
type Failure = Extract<TwilioBehaviour, object>;

const isSignedIn = ({ headers }: IncomingMessage): boolean =>
  headers.authorization === `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const smsOf = (form: URLSearchParams, index: number): TakenSms => ({
  sid: `SM${String(index).padStart(32, '0')}`,
  to: form.get('To') ?? '',
  from: form.get('From') ?? form.get('MessagingServiceSid') ?? '',
  body: form.get('Body') ?? '',
  statusCallback: form.get('StatusCallback') ?? undefined,
  createdAt: new Date(),
});

/** As the real one: a message just taken is `queued` and has no `date_sent`, so a filter by DateSent does not see it. */
const resource = (sms: TakenSms | undefined) => ({
  sid: sms?.sid,
  to: sms?.to,
  from: sms?.from,
  body: sms?.body,
  status: 'queued',
  direction: 'outbound-api',
  date_created: sms?.createdAt.toUTCString(),
  date_sent: null,
});

function page(taken: readonly TakenSms[], query: URLSearchParams) {
  const filtersByDate = [...query.keys()].some((key) => key.startsWith('DateSent'));
  const matching = taken.filter(({ to }) => !filtersByDate && to === (query.get('To') ?? to));
  const size = Number(query.get('PageSize') ?? 50);
  const start = Number(query.get('Page') ?? 0) * size;
  const more = start + size < matching.length;
  query.set('Page', String(start / size + 1));
  return {
    messages: matching
      .reverse()
      .slice(start, start + size)
      .map(resource),
    next_page_uri: more
      ? `/2010-04-01/Accounts/${ACCOUNT}/Messages.json?${query.toString()}`
      : null,
  };
}
