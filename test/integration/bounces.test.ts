import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarimWith, type Ended } from '../support/cli';
import { on } from '../support/facts';
import { openMonth, openWorld, type World } from '../support/world';

const MESSAGE = '00000000-0000-4000-8000-000000000002';
const WANG = 'wang@example.test';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tarim-bounces-'));
  mkdirSync(join(folder, 'new'));
  await world.reset();
  await openMonth(world.db, 'wang');
  await world.db.$executeRaw`
    insert into message (id, customer_no, period, step_key, purpose, channel, address, template_version, language, body, body_sha256,
      owed_fen, penalty_fen, status, provider, provider_id, sending_at)
    values (${MESSAGE}::uuid, 'wang', '2026-02', 'bill-notice', 'bill', 'email', ${WANG}, 1, 'zh-CN', '您好', 'x', 10000, 0, 'accepted',
      'smtp', '<x@y>', ${on(-18)}::timestamptz)`;
});
afterEach(() => rmSync(folder, { recursive: true }));

type Given = Readonly<{ status?: string; action?: string; recipient?: string; id?: string }>;

/** A report as a mail server writes it. */
const report = ({ status = '5.1.1', action = 'failed', recipient = WANG, id = MESSAGE }: Given) =>
  [
    'From: MAILER-DAEMON@mx.example.test',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.test',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${id}@mail.example.test>`,
    'Subject: bill',
    '',
    '--b--',
    '',
  ].join('\r\n');

function read(mail: string): Promise<Ended> {
  writeFileSync(join(folder, 'new', '1.eml'), mail);
  return tarimWith({ DATABASE_URL: world.url })(['bounces', 'read', folder]);
}
const receipt = async () => {
  const found = await world.db.message.findUniqueOrThrow({ where: { id: MESSAGE } });
  return [found.receipt, found.receiptCode];
};
const suppressed = () =>
  world.db.suppression.findMany({ select: { customerNo: true, channel: true, reason: true } });
const ended = [{ customerNo: 'wang', channel: 'email', reason: 'badAddress' }];

test('an address that is unknown there is ended, once however often the mailbox is read', async () => {
  expect(await read(report({}))).toMatchObject({
    code: 0,
    out: '1 recorded, 0 known already, 0 skipped.\n',
  });
  expect(await read(report({}))).toMatchObject({
    code: 0,
    out: '0 recorded, 1 known already, 0 skipped.\n',
  });
  expect([await receipt(), await suppressed(), await world.db.nudge.count()]).toEqual([
    ['undelivered', '5.1.1'],
    ended,
    1,
  ]);
});

test.each([
  ['5.2.2', 'failed', 'undelivered'],
  ['5.7.1', 'failed', 'undelivered'],
  ['5.1.8', 'failed', 'undelivered'],
  ['4.4.7', 'failed', 'undelivered'],
  ['4.2.2', 'delayed', 'sent'],
])(
  '%s %s says nothing against the address: %s is all that is kept',
  async (status, action, kept) => {
    expect((await read(report({ status, action }))).code).toBe(0);
    expect([await receipt(), await suppressed()]).toEqual([[kept, status], []]);
  },
);

test('a delay that ends in failure ends the address, and a delay told late changes nothing', async () => {
  await read(report({ status: '4.4.1', action: 'delayed' }));
  await read(report({}));
  await read(report({ status: '4.4.1', action: 'delayed' }));
  expect([await receipt(), await suppressed()]).toEqual([['undelivered', '5.1.1'], ended]);
});

test.each([
  ['for another recipient', report({ recipient: 'liu@example.test' }), 'no such letter'],
  [
    'for a letter that we never wrote',
    report({ id: MESSAGE.replace('2', '3') }),
    'Message-ID|no such letter',
  ],
  ['with something else for an id', report({ id: "1' or true" }), 'names no Message-ID'],
  ['that it was delivered', report({ status: '2.0.0', action: 'delivered' }), 'it was delivered'],
  ['cut off', report({}).slice(0, 200), 'no report of a bounce'],
  ['that is no report', 'Subject: hello\r\n\r\nMessage-ID: <x@y>', 'no report of a bounce'],
  ['of bytes', '\u0000\u0001\u0002', 'no report of a bounce'],
])('a mail %s is skipped with a sentence, and leaves nothing', async (_, mail, sentence) => {
  const { code, out } = await read(mail);
  expect([code, out]).toEqual([3, expect.stringMatching(sentence)]);
  expect([await receipt(), await suppressed()]).toEqual([[null, ''], []]);
});

test('a huge file is not read, and the ones beside it are', async () => {
  writeFileSync(join(folder, 'new', '2.eml'), Buffer.alloc(11 * 1024 * 1024));
  const { code, out } = await read(report({}));
  expect([code, out]).toEqual([3, expect.stringContaining('larger than 10 MiB')]);
  expect(await suppressed()).toEqual(ended);
});

test('no such folder is said so', async () => {
  const { code, err } = await tarimWith({ DATABASE_URL: world.url })('bounces read /nowhere');
  expect([code, err]).toEqual([4, expect.stringContaining('/nowhere')]);
});
