import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Proxy = Readonly<{
  /** The server's URL, through the proxy. */
  url: string;
  /** Ends every connection and every new one at once, as a server that is not there. */
  cut: () => void;
  restore: () => void;
  close: () => Promise<void>;
}>;

/** Stands between a client and a TCP server that is named by a URL. */
export async function startProxy(serverUrl: string): Promise<Proxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isCut = false;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const endAll = (): void => sockets.forEach((socket) => socket.resetAndDestroy());

  const server = createServer((near) => {
    keep(near);
    if (isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = keep(connect(Number(target.port), target.hostname));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    cut() {
      isCut = true;
      endAll();
    },
    restore: () => void (isCut = false),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        endAll();
      }),
  };
}
