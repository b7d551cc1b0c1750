import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

export type Proxy = Readonly<{
  /** Points the proxy to a server, which need not be there yet, and gives its URL through the proxy. */
  via: (serverUrl: string) => string;
  /** Ends every connection and every new one at once, as a server that is not there. */
  cut: () => void;
  /** Every piece comes this much later, either way. */
  delay: (ms: number) => void;
  /** Neither cut nor delayed any more. */
  restore: () => void;
  close: () => Promise<void>;
}>;

/** Stands between a client and a TCP server. */
export async function startProxy(): Promise<Proxy> {
  let target: URL | null = null;
  const sockets = new Set<Socket>();
  let isCut = false;
  let delayMs = 0;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const endAll = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  /** Pieces stay in order: the next is looked at when the one before has passed. */
  const late = (): Transform =>
    new Transform({
      transform(piece, _encoding, pass) {
        if (delayMs === 0) pass(null, piece);
        else setTimeout(() => pass(null, piece), delayMs);
      },
    });

  const server = createServer((near) => {
    keep(near);
    if (isCut || target === null) {
      near.resetAndDestroy();
      return;
    }
    const far = keep(connect(Number(target.port), target.hostname));
    near.pipe(late()).pipe(far).pipe(late()).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const { port } = server.address() as AddressInfo;
  return {
    via(serverUrl) {
      target = new URL(serverUrl);
      const through = new URL(serverUrl);
      through.host = `127.0.0.1:${port}`;
      return through.href;
    },
    cut() {
      isCut = true;
      endAll();
    },
    delay: (ms) => void (delayMs = ms),
    restore: () => {
      isCut = false;
      delayMs = 0;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        endAll();
      }),
  };
}
