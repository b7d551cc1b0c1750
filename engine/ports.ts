import { createServer } from 'node:net';

/** Below every system's range for outgoing connections, so that a port stays ours between two starts of a service. */
const LOWEST = 21_000;
const HIGHEST = 31_999;
const TRIES = 200;

/** Whether nothing listens on 127.0.0.1 at that port. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });

/**
 * A free port for each name. A port in `wanted` is kept while it is free, so that addresses outlive a restart.
 *
 * @throws {Error} when the machine has no free port left to offer.
 */
export async function choosePorts<Name extends string>(
  names: readonly Name[],
  wanted: Readonly<Record<string, number>> = {},
): Promise<Record<Name, number>> {
  const chosen = new Map<Name, number>();
  for (const name of names) {
    const taken = [...chosen.values()];
    const before = wanted[name];
    const keep = before !== undefined && !taken.includes(before) && (await isFree(before));
    chosen.set(name, keep ? before : await findFree(taken));
  }
  return Object.fromEntries(chosen) as Record<Name, number>;
}

async function findFree(taken: readonly number[]): Promise<number> {
  for (let turn = 0; turn < TRIES; turn += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port between ${LOWEST} and ${HIGHEST}.`);
}
