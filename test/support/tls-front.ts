import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { generate } from 'selfsigned';

/** PEM texts of a client that the front lets in. */
export type Identity = Readonly<{ ca: string; cert: string; key: string }>;
export type TlsFront = Readonly<{
  address: string;
  /** What the front's certificate is made out to. */
  name: string;
  identity: Identity;
  close: () => Promise<void>;
}>;

const NAME = 'temporal.test';
const common = { keyType: 'ec', algorithm: 'sha256' } as const;
const named = (value: string) => [{ name: 'commonName', value }];

/** Stands before a server on this machine, speaks TLS, and lets in only who has a certificate of its own authority. */
export async function startTlsFront(target: string): Promise<TlsFront> {
  const authority = await generate(named('test authority'), {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true },
    ],
  });
  const ca = { key: authority.private, cert: authority.cert };
  const front = await generate(named(NAME), {
    ...common,
    ca,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: NAME }] }],
  });
  const client = await generate(named('tarim'), { ...common, ca });
  const server = createServer({
    ...{ key: front.private, cert: front.cert, ca: authority.cert },
    ...{ requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] },
  });
  const [host = '', port = ''] = target.split(':');
  server.on('secureConnection', (near) => {
    const far = connect(Number(port), host);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
  });
  server.on('tlsClientError', (_, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    name: NAME,
    identity: { ca: authority.cert, cert: client.cert, key: client.private },
    async close() {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
