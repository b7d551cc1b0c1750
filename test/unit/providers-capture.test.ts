import { capturingMailer, capturingSms } from '../../providers/capture';
import type { Delivery } from '../../providers/sms';

const SINCE = '2026-03-01T00:00:00.000Z';
const sms = (id: string, to = '+8613800000001') => ({ id, to, text: `text of ${id}` });

it('accepts, keeps and finds what it was given, once an id', async () => {
  const provider = capturingSms();
  expect(await provider.send(sms('a'))).toEqual({ kind: 'accepted', providerId: 'captured-a' });
  await provider.send(sms('a'));
  expect(provider.captured()).toEqual([sms('a')]);
  expect(await provider.find(sms('a'), SINCE)).toEqual({ kind: 'found', providerId: 'captured-a' });
  expect(await provider.find(sms('b'), SINCE)).toEqual({ kind: 'notFound' });
});

it('keeps letters just so', async () => {
  const mailer = capturingMailer();
  const letter = { id: 'a', to: 'w@x.test', subject: 's', text: 't', html: '<p>t</p>' };
  await mailer.send(letter);
  expect(mailer.captured()).toEqual([letter]);
});

it('forgets the oldest when full, and then no longer claims to know', async () => {
  const provider = capturingSms({ keep: 2 });
  for (const id of ['a', 'b', 'c']) await provider.send(sms(id));
  expect(provider.captured().map(({ id }) => id)).toEqual(['b', 'c']);
  expect(await provider.find(sms('a'), SINCE)).toEqual({ kind: 'cannotTell' });
});

it.each<Delivery>([
  { kind: 'undeliverable', reason: 'landline', code: '21614' },
  { kind: 'unknown', cause: 'reset' },
  { kind: 'tryLater', cause: 'busy', retryAfterMs: 5_000 },
])('answers a scripted address with %j and keeps nothing', async (outcome) => {
  const provider = capturingSms({ script: { '+8613800000002': outcome } });
  const scripted = sms('a', '+8613800000002');
  expect(await provider.send(scripted)).toEqual(outcome);
  expect(await provider.find(scripted, SINCE)).toEqual({ kind: 'notFound' });
  expect(await provider.send(sms('b'))).toMatchObject({ kind: 'accepted' });
});
