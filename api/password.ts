import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { ProblemError } from './problem';

/** What a guess costs: N = 2^ln, r, p. Source: docs/security.md, "Passwords" (OWASP, Password Storage). */
const COST = { ln: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** A hash holds 32 MiB and one of the four threads that files and names need too. */
const AT_ONCE = 2;
/** Three seconds of hashing; who comes later is better told so. */
const WAITING_MAX = 20;

const PASSWORD_MIN = 12;
const PASSWORD_MAX = 128;

type Cost = Readonly<{ ln: number; r: number; p: number }>;
type Parsed = Readonly<{ cost: Cost; salt: Buffer; key: Buffer }>;

/** What is wrong with a new password, as a sentence; null when it will do. Counts characters, not bytes. */
export function passwordFault(password: string, username: string): string | null {
  const length = Array.from(normal(password)).length;
  if (length < PASSWORD_MIN || length > PASSWORD_MAX)
    return `A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`;
  return normal(password).toLowerCase() === username
    ? 'The password must not be the username.'
    : null;
}

/** The text that is kept of a password, with its own salt and what it cost. @throws ProblemError 503 when too many wait. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return format({ cost: COST, salt, key: await derive(password, salt, COST) });
}

/** Nobody's: who is unknown must take as long as who is known. */
const NOBODY: Parsed = {
  cost: COST,
  salt: randomBytes(SALT_BYTES),
  key: randomBytes(KEY_BYTES),
};

/**
 * Whether the password is the one kept; null (nobody, or no password) is never right and takes as long. `outdated`: hash it anew.
 * @throws ProblemError 503 when too many wait.
 */
export async function checkPassword(
  kept: string | null,
  password: string,
): Promise<Readonly<{ right: boolean; outdated: boolean }>> {
  const { cost, salt, key } = kept === null ? NOBODY : parse(kept);
  const given = await derive(password, salt, cost);
  const equal = given.length === key.length && timingSafeEqual(given, key);
  const outdated = cost.ln !== COST.ln || cost.r !== COST.r || cost.p !== COST.p;
  return { right: kept !== null && equal, outdated };
}

/** One spelling of what two keyboards write differently. Source: NIST SP 800-63B, 3.1.1.2. */
const normal = (password: string): string => password.normalize('NFKC');

const derive = (password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        const options = { N: 2 ** ln, r, p, maxmem: 2 * 128 * 2 ** ln * r };
        scrypt(normal(password), salt, KEY_BYTES, options, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running += 1;
  else if (waiting.length >= WAITING_MAX)
    throw new ProblemError(
      'unavailable',
      'Too many people sign in at once. Try again in a moment.',
      {
        headers: { 'retry-after': '5' },
      },
    );
  // Whoever ends hands the turn over, so nobody who comes later gets it.
  else await new Promise<void>((turn) => waiting.push(turn));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const format = ({ cost: { ln, r, p }, salt, key }: Parsed): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(key)}`;

function parse(kept: string): Parsed {
  const found = /^\$scrypt\$ln=(\d\d?),r=(\d\d?),p=(\d\d?)\$([\w+/]+)\$([\w+/]+)$/.exec(kept);
  if (found === null) throw new RangeError('a password hash in the table staff has a wrong form');
  const [, ln, r, p, salt = '', key = ''] = found;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}
