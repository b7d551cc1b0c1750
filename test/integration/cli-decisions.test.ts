import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { z } from 'zod';
import { Done } from '../../api/schema/answers';
import { Approval, Override, Waiver } from '../../api/schema/approvals';
import { BulkDone, BulkOrder } from '../../api/schema/bulk-orders';
import { Campaign, Month } from '../../api/schema/campaigns';
import { MessagePreview, Policy, PolicyDiff, PolicyVersion } from '../../api/schema/policies';
import { Simulation, SimulationReport } from '../../api/schema/simulations';
import { Proposal, ProposalHistory } from '../../api/schema/proposals';
import ladderPolicy from '../../db/policies/tabei-v1.json';
import { stationNow } from '../../db/clock';
import { openDeviceCase } from '../../db/devices';
import { plusMs } from '../../domain/time';
import { startSimulations } from '../../worker/simulations';
import { startApi, type TestApi } from '../support/api';
import { expectEach, tarimWith, type Ended, type Run } from '../support/cli';
import { lessLetters } from '../support/trials';
import * as support from '../support/world';

const folder = mkdtempSync(join(tmpdir(), 'tarim-draft-'));
let world: support.World;
let api: TestApi;
let chen: Run;
let li: Run;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  const url = await api.listen();
  const runAs = async (username: string) => {
    const { token } = await api.as('supervisor', { username });
    return tarimWith({ TARIM_API_URL: url, TARIM_TOKEN: token });
  };
  [chen, li] = [await runAs('chen'), await runAs('li')];
});
afterAll(async () => {
  await api.close();
  await world.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => world.reset());
afterEach(() => world.db.policy.deleteMany({ where: { NOT: { id: { startsWith: 'tabei-' } } } }));

const json = <S extends z.ZodType>(shape: S, { code, out, err }: Ended): z.output<S> => {
  expect([code, err]).toEqual([0, '']);
  return shape.parse(JSON.parse(out));
};
const asked = 'Asked. Another person has to approve it.\n';

test('a level against the points is asked for by one and approved by another', async () => {
  const ask = 'override ask wang 1 --until 2099-01-01 --reason theft --id o1';
  expect((await chen(ask)).out).toBe(asked);
  const [open] = json(z.array(Approval), await li('approval list --json'));
  expect(open).toMatchObject({ kind: 'override', customerNo: 'wang', requestedBy: 'chen' });
  const id = open?.id ?? '';
  const decide = `approval decide ${id} approve --reason agreed`;
  expect((await chen(decide)).code).toBe(4);
  expect(json(Done, await li(`${decide} --dry-run --json`)).result).toBe('wouldApply');
  expect((await li(decide)).out).toBe('Approved and carried out.\n');
  expect(json(Approval, await li(`approval show ${id}`)).decidedBy).toBe('li');
  expect(json(z.array(Override), await li('override list --json'))).toMatchObject([
    { customerNo: 'wang', level: 1, requestedBy: 'chen', approvedBy: 'li' },
  ]);
  expect((await li('override list')).out).toContain('chen, li');
  expect((await li('override end wang --reason over')).code).toBe(0);
  expect((await li('override list')).out).toBe('Nothing.\n');
});

test('penalty is waived by two, and one may ask no longer', async () => {
  await support.openMonth(world.db, 'wang');
  const ask = async (id: string) => chen(`waiver ask b-wang 0.10 --reason goodwill --id ${id}`);
  expect((await ask('w1')).out).toBe(asked);
  expect((await chen('approval decide w1 withdraw --reason mistake')).out).toBe('Withdrawn.\n');
  await ask('w2');
  expect((await li('approval decide w2 reject --reason no')).out).toBe('Rejected.\n');
  await ask('w3');
  expect((await li('approval decide w3 approve --reason yes')).code).toBe(0);
  expect(json(z.array(Waiver), await li('waiver list --json'))).toMatchObject([{ amountFen: 10 }]);
  expect((await li('waiver list')).out).toContain('¥0.10');
});

test('a policy is read, drafted from a file, told apart, tried, and asked to be put in force', async () => {
  const file = join(folder, 'v2.json');
  const body = structuredClone(ladderPolicy.body);
  for (const step of body.ladders['3']) if (step.key === 'overdue-2') step.day = 8;
  writeFileSync(file, JSON.stringify({ kind: 'ladder', effectiveFrom: '2090-01-01', body }));
  expect((await chen(`policy draft v2 ${file} --reason seldom`)).out).toMatch(/^The draft is on/);
  const again = await chen(`policy draft v2 ${file} --reason seldom --replace`);
  expect([again.code, again.err]).toEqual([0, '']);
  const versions = json(z.array(PolicyVersion), await chen('policy list --json'));
  expect(versions.find(({ id }) => id === 'v2')).toMatchObject({ state: 'draft', author: 'chen' });
  expect(json(PolicyDiff, await chen('policy diff v2 --json')).changes).toHaveLength(1);
  expect((await chen('policy diff v2 tabei-v1')).out).toMatch(/^From tabei-v1 to v2:\n {2}\S/);
  expect(json(Policy, await chen('policy show tabei-v1 --json')).faults).toEqual([]);
  expect((await chen('policy show tabei-v1')).out).toMatch(/step +Ⅲ +Ⅱ +Ⅰ\n/);
  await support.openMonth(world.db, 'wang');
  const tried = await chen('policy preview v2 wang bill-notice --json');
  expect(json(MessagePreview, tried).channel).toBe('sms');
  expect((await chen('policy activate v2 --reason ready --without-report urgent')).out).toBe(asked);
  expect((await chen('policy withdraw v2 --reason wrong --dry-run')).code).toBe(4);
});

test('a version is simulated by the server, its report read and saved, and named when it is put forward', async () => {
  const file = join(folder, 'v4.json');
  const draft = { kind: 'ladder', effectiveFrom: '2090-01-01', body: lessLetters };
  writeFileSync(file, JSON.stringify(draft));
  await chen(`policy draft v4 ${file} --reason seldom`);
  const assumed =
    '--payments model:samples/response-model.json --capacities samples/capacities.json';
  const span = '--from 2026-03-01 --to 2026-04-30';
  const simulate = `policy simulate v4 ${span} ${assumed} --reason try --id sim`;
  expect((await chen(`${simulate} --dry-run`)).out).toContain('simulation: sim');
  await expectEach(li, [['policy report none', 4, 'none']]);
  const loop = startSimulations(world.db, world.url, pino({ level: 'silent' }));
  try {
    const waited = await chen(`${simulate} --wait`);
    expect([waited.code, waited.out]).toEqual([
      0,
      expect.stringMatching(
        /^v4 against tabei-v1, 2026-03-01 to 2026-04-30, 2 customers\n[^]*v4: 2 bills[^]*tabei-v1: 2 bills[^]*in a day \(example\):[^]*visits +TB01 +8 /,
      ),
    ]);
  } finally {
    await loop.stop();
  }
  const [row] = json(z.array(Simulation), await li('policy simulations v4 --json'));
  const report = json(
    SimulationReport.extend({ sha256: z.string() }),
    await li('policy report sim --json'),
  );
  expect(row).toMatchObject({ id: 'sim', state: 'finished', sha256: report.sha256 });
  expect([row?.model, row?.capacities]).toEqual(['example', 'example']);
  expect((await chen(`policy simulate v4 --payments rumour --reason try`)).err).toContain(
    'rumour is neither recorded nor model:FILE.',
  );
  const saved = join(folder, 'report.json');
  expect((await li(`policy report sim --out ${saved}`)).out).toBe(`The report is in ${saved}.\n`);
  expect(createHash('sha256').update(readFileSync(saved)).digest('hex')).toBe(report.sha256);
  await expectEach(chen, [
    ['policy stop sim --reason late', 4, 'has ended already'],
    ['policy activate v4 --reason ready', 4, 'Nobody has seen what v4 would do.'],
  ]);
  expect((await chen('policy activate v4 --report sim --reason ready')).out).toBe(asked);
});

test('a version that Tarim ships is drafted without a file, in force from a day to come', async () => {
  const drafted = await chen('policy draft tabei-grade-v2 --from 2090-01-01 --reason better');
  expect([drafted.code, drafted.err]).toEqual([0, '']);
  const versions = json(z.array(PolicyVersion), await chen('policy list --json'));
  expect(versions.find(({ id }) => id === 'tabei-grade-v2')).toMatchObject({
    ...{ state: 'draft', effectiveFrom: '2090-01-01' },
  });
  expect((await chen('policy diff tabei-grade-v2')).out).toContain('unpaidMonthsForced: 3 → 6');
  await expectEach(chen, [['policy draft mine --reason x', 2, 'No policy mine is shipped, only']]);
});

test('running months are listed before they are moved, and moved by an order', async () => {
  await support.openMonth(world.db, 'wang');
  const row = { kind: 'ladder', body: ladderPolicy.body, author: 'chen' };
  const active = {
    activatedAt: new Date(),
    activatedBy: 'li',
    effectiveFrom: new Date('2006-01-01'),
  };
  await world.db.policy.create({ data: { ...row, ...active, id: 'same' } });
  const dry = await chen('policy migrate --to same --reason tidy --dry-run');
  expect(dry.out).toMatch(/would be moved: 1\.[^]*wang +2026-02 +tabei-v1 +.*bill notice.* =/);
  const moves = json(
    z.object({ moves: z.array(z.object({ customerNo: z.string() })) }),
    await chen('policy migrate --to same --reason tidy --dry-run --json'),
  );
  expect(moves.moves).toEqual([{ customerNo: 'wang' }]);
  expect((await chen('policy migrate --to same --level 3 --expected 2 --reason tidy')).code).toBe(
    4,
  );
  expect((await chen('policy migrate --to same --expected 1 --reason tidy')).out).toMatch(
    /^The migration is under way[^]*\n1 customers fit/,
  );
});

test('a draft that breaks a rule is refused with each place', async () => {
  const file = join(folder, 'bad.json');
  const body = { ...ladderPolicy.body, ladders: { ...ladderPolicy.body.ladders } };
  body.ladders['3'] = body.ladders['3'].slice(1);
  writeFileSync(file, JSON.stringify({ kind: 'ladder', effectiveFrom: '2090-01-01', body }));
  const { code, err } = await chen(`policy draft v3 ${file} --reason x`);
  expect([code, err]).toEqual([4, expect.stringMatching(/^Refused: .*\n {2}\S+: /)]);
  writeFileSync(file, '{');
  await expectEach(chen, [
    [`policy draft v3 ${file} --reason x`, 2, `${file} is not JSON`],
    [`policy draft v3 ${folder} --reason x`, 2, 'That is a folder'],
    [`policy draft v3 ${file}.none --reason x`, 4, 'There is no such file'],
    ['policy show none', 4, 'There is no policy none'],
    ['approval decide a1 perhaps --reason x', 2, 'not one of: approve, reject, withdraw.'],
    ['override ask wang 4 --until 2099-01-01 --reason x', 2, '4 is not one of: 1, 2, 3.'],
  ]);
});

test('a proposal of the device is followed and moved on from the stage that was seen', async () => {
  await support.openMonth(world.db, 'wang');
  const at = await stationNow(world.db);
  const opened = { customerNo: 'wang', why: 'often late', at, dueAt: plusMs(at, 86_400_000) };
  await openDeviceCase(world.db, { ...opened, offsetMs: 0 });
  const [one] = json(z.array(Proposal), await chen('proposal list --json'));
  const id = one?.id ?? '';
  expect(json(ProposalHistory, await chen(`proposal show ${id} --json`)).stage).toBe('proposed');
  expect((await chen(`proposal show ${id}`)).out).toContain('often late');
  await expectEach(chen, [
    [`proposal advance ${id} visited agrees --reason x`, 4, 'Refused'],
    [`proposal advance ${id} begun done --reason x`, 2, 'begun is not one of: proposed, '],
  ]);
  const moved = await chen(`proposal advance ${id} proposed done --reason spoke`);
  expect([moved.code, moved.err]).toEqual([0, '']);
  const letter = await chen(`proposal letter ${id} --reason asked`);
  expect([letter.code, letter.err]).toEqual([4, expect.stringContaining('UNSUBSCRIBE_SECRET')]);
  const { customerNo } = one ?? { customerNo: '' };
  expect((await chen(`customer offers ${customerNo} maybe --reason x`)).code).toBe(2);
  expect((await chen(`customer offers ${customerNo} no --reason told`)).code).toBe(0);
  expect(await chen(`customer offers ${customerNo} no --reason told`)).toMatchObject({ code: 4 });
  expect((await chen(`proposal withdraw ${id} --reason clean --dry-run`)).code).toBe(0);
});

test('a task goes to somebody else, and a step is passed over', async () => {
  await support.openMonth(world.db, 'wang');
  await api.as('collector', { username: 'zhou', stations: ['TB01'], assignee: 'zhou' });
  const at = new Date();
  const { id } = await world.db.task.create({
    data: {
      ...{ customerNo: 'wang', station: 'TB01', period: '2026-02', kind: 'call', stepKey: 'call' },
      ...{ assignee: 'collector:TB01', why: 'x', openedAt: at, dueAt: at },
    },
  });
  const give = await chen(`task assign ${id} zhou --reason holiday`);
  expect([give.code, give.err]).toEqual([0, '']);
  expect((await chen('task list --assignee zhou')).out).toContain(id);
  await expectEach(chen, [
    ['customer skip wang bill-notice --reason x', 4, 'Refused'],
    ['customer skip nobody call --reason x', 4, 'There is no customer nobody.'],
  ]);
});

test('many are held by one order that was counted first, followed, and stopped', async () => {
  await world.db.bulkOrder.deleteMany();
  const hold = 'bulk hold --category residential --reason flood --id bulk-1';
  expect((await chen(`${hold} --dry-run`)).out).toMatch(/^Dry run.*\n2 customers fit/);
  expect((await chen(`${hold} --expected 3`)).code).toBe(4);
  const given = await chen(`${hold.replace('bulk-1', 'bulk-2')} --expected 2 --json`);
  expect(json(BulkDone, given)).toMatchObject({ id: 'bulk-2', total: 2 });
  expect(json(z.array(BulkOrder), await chen('bulk list --json'))).toHaveLength(1);
  expect((await chen('bulk list')).out).toMatch(/bulk-2 +hold +running +2 +0 +0 +flood/);
  expect((await chen('bulk stop bulk-2 --reason wrong')).code).toBe(0);
  expect(json(BulkOrder, await chen('bulk show bulk-2')).state).toBe('stopped');
});

test('months and recovery are told by station', async () => {
  await world.db.campaign.create({
    data: {
      ...{ station: 'TB01', period: '2026-02', policyId: 'tabei-v1', openedBy: 'test' },
      asOf: new Date(),
    },
  });
  await support.openMonth(world.db, 'wang');
  expect(json(z.array(Campaign), await chen('campaign list --json'))).toMatchObject([
    { station: 'TB01', finishedAt: null },
  ]);
  expect(json(Month, await chen('campaign show 2026-02 --json')).cycles).toMatchObject([
    { station: 'TB01', total: 1, open: 1 },
  ]);
  expect((await chen('campaign show 2026-02')).out).toMatch(/TB01 +1 +1 +0 +0 +0 +0\n/);
  await expectEach(chen, [
    ['campaign show 2025-01', 4, 'There is no campaign 2025-01.'],
    ['campaign show soon', 2, 'soon is not a period.'],
  ]);
  const figures = z.array(z.object({ station: z.string() }));
  const rows = json(figures, await chen('kpi --json'));
  expect(rows.map(({ station }) => station)).toEqual(['TB01', 'TB02', '*']);
  expect((await chen('kpi')).out).toMatch(/\* +¥200\.00 +¥0\.00 +0/);
});
