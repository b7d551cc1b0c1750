import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Task, TaskDetail } from '../../api/schema/tasks';
import { startApi, type TestApi } from '../support/api';
import { expectEach, tarimWith, type Run } from '../support/cli';
import { readPdf } from '../support/read-pdf';
import * as support from '../support/world';

let world: support.World;
let api: TestApi;
let zhou: Run;
let id: string;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  const { token } = await api.as('collector', { stations: ['TB01'], assignee: 'zhou' });
  zhou = tarimWith({ TARIM_API_URL: await api.listen(), TARIM_TOKEN: token });
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  await support.openMonth(world.db, 'wang');
  const task = await world.db.task.create({
    data: {
      ...{ customerNo: 'wang', station: 'TB01', period: '2026-02', kind: 'call', stepKey: 'call' },
      ...{ assignee: 'zhou', why: 'callTask', billNo: 'b-wang' },
      ...{ openedAt: new Date('2026-03-20T01:00:00Z'), dueAt: new Date('2026-03-22T12:00:00Z') },
    },
  });
  id = task.id;
});

test('tasks are listed by the same filters that the API has', async () => {
  for (const [filter, found] of [
    ['--mine', 1],
    ['--overdue --station TB01 --kind call', 1],
    ['--due-before 2026-03-22', 0],
    ['--due-before 2026-03-23', 1],
    ['--state done', 0],
    ['--kind visit', 0],
  ] as const) {
    const { code, out } = await zhou(`task list ${filter} --json`);
    expect([filter, code, z.array(Task).parse(JSON.parse(out)).length]).toEqual([filter, 0, found]);
  }
  await expectEach(zhou, [
    ['task list --kind dance', 2, 'querystring/kind'],
    ['task list --due-before soon', 2, 'soon is not a day.'],
    ['task show 00000000-0000-4000-8000-000000000000', 4, 'There is no task'],
  ]);
});

test('a task is shown with all that a call needs, in both languages', async () => {
  const { out, err } = await zhou(`task show ${id} --lang zh-CN`);
  expect(err).toBe('');
  for (const part of [
    '电话（电话催收）',
    '+8613871281212',
    'b-wang',
    '现欠 ¥100.00',
    '转主管核对缴费与账目',
  ])
    expect(out).toContain(part);
  expect((await zhou(`task show ${id} --lang en`)).out).toContain('Owes ¥100.00 now');
  const { out: text } = await zhou(`task show ${id} --json`);
  expect(TaskDetail.parse(JSON.parse(text)).endings).toHaveLength(7);
});

test('a task is finished once; what follows from it is on the list', async () => {
  const done = await zhou(`task finish ${id} wrongNumber --id t-1`);
  expect([done.code, done.err]).toEqual([0, '']);
  await expectEach(zhou, [
    [`task done ${id} reached`, 4, 'is done already'],
    [`task finish ${id} dance`, 4, 'A task of kind call ends as reached'],
  ]);
  const { out } = await zhou('task list --json');
  expect(z.array(Task).parse(JSON.parse(out))).toMatchObject([
    { kind: 'visit', why: 'wrongNumber' },
  ]);
});

describe('letters', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tarim-letters-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const out = join(folder, 'letters.pdf');
  const give = async (customerNo: string, stepKey: string): Promise<string> => {
    const task = await world.db.task.create({
      data: {
        ...{ customerNo, station: 'TB01', kind: 'letter', stepKey, assignee: 'zhou' },
        ...{ why: 'demand', openedAt: new Date('2026-03-20T01:00:00Z') },
        dueAt: new Date('2026-03-22T12:00:00Z'),
      },
    });
    return task.id;
  };

  test('are saved as PDF, of a task and of a station; a paid one is named and left out', async () => {
    const letter = await give('wang', 'demand');
    const saved = await zhou(`letter print --task ${letter} --out ${out}`);
    expect([saved.code, saved.err, saved.out]).toEqual([0, '', `Printed 1: ${out}\n`]);
    expect(readPdf(readFileSync(out))[0]).toContain('户号 wang');
    await support.addCustomer(world.db, 'sun');
    const paid = await give('sun', 'demand');
    const all = await zhou(`letter print --station TB01 --out ${out} --json`);
    expect([all.code, all.err]).toEqual([3, expect.stringContaining(paid)]);
    expect(JSON.parse(all.out)).toEqual({ files: [out], printed: 1, leftOut: [paid] });
    expect(readPdf(readFileSync(out))).toHaveLength(1);
  });

  test('are as many files as they need', async () => {
    await give('wang', 'one');
    await give('wang', 'two');
    const { out: said } = await zhou(
      `letter print --station TB01 --per-file 1 --out ${out} --json`,
    );
    const files = [out, join(folder, 'letters-2.pdf')];
    expect(JSON.parse(said)).toEqual({ files, printed: 2, leftOut: [] });
    for (const file of files) {
      expect(readPdf(readFileSync(file))).toHaveLength(1);
      rmSync(file);
    }
  });

  test('that are refused leave no file, and what cannot be written is not printed', async () => {
    await support.addCustomer(world.db, 'sun');
    const [letter, paid] = [await give('wang', 'demand'), await give('sun', 'demand')];
    rmSync(out, { force: true });
    await expectEach(zhou, [
      [`letter print --task ${paid} --out ${out}`, 4, 'Nothing is owed'],
      [`letter print --out ${out}`, 2, 'Give either --task or --station.'],
      [`letter print --task ${letter} --out ${folder}/no/such/file`, 2, 'cannot be written'],
      [`letter print --task x --out ${out}`, 2, 'params/id'],
    ]);
    expect(readdirSync(folder)).toEqual([]);
    expect(
      await world.db.command.count({ where: { kind: 'printLetter', refusedBecause: null } }),
    ).toBe(0);
  });
});
