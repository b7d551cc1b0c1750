import { z } from 'zod';
import { Done } from '../../api/schema/answers';
import { Entry } from '../../api/schema/audit';
import { Customer, Happened, Next, Standing } from '../../api/schema/customers';
import { Hold } from '../../api/schema/holds';
import { Payment } from '../../api/schema/payments';
import { NewToken, Token } from '../../api/schema/staff';
import { Task } from '../../api/schema/tasks';
import { startApi, type Caller, type TestApi } from '../support/api';
import { expectEach, tarimWith, type Ended, type Run } from '../support/cli';
import * as support from '../support/world';

let world: support.World;
let api: TestApi;
let chen: Caller;
let url: string;
let run: Run;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  url = await api.listen();
  chen = await api.as('supervisor', { username: 'chen' });
  run = tarimWith({ TARIM_API_URL: url, TARIM_TOKEN: chen.token });
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(() => world.reset());

const json = <S extends z.ZodType>(shape: S, { code, out, err }: Ended): z.output<S> => {
  expect([code, err]).toEqual([0, '']);
  return shape.parse(JSON.parse(out));
};

async function addTask(customerNo = 'wang'): Promise<string> {
  const task = await world.db.task.create({
    data: {
      ...{ customerNo, station: 'TB01', period: '2026-02', kind: 'call', stepKey: 'call' },
      ...{ assignee: 'collector:TB01', why: '逾期', dueAt: new Date('2026-03-20T01:00:00Z') },
      openedAt: new Date('2026-03-19T01:00:00Z'),
    },
  });
  return task.id;
}

describe('a command', () => {
  test('that is refused ends with 4 and the sentence of the API', () =>
    expectEach(run, [
      ['customer show nobody', 4, 'There is no customer nobody.'],
      ['customer next nobody', 4, 'There is no customer nobody.'],
      ['customer timeline nobody', 4, 'There is no customer nobody.'],
      ['customer hold nobody --reason flood', 4, 'There is no customer nobody.'],
      ['customer escalate wang --level 1 --reason debt', 4, 'Customer wang has no open cycle.'],
      ['customer promise nobody 2099-01-01 --reason x', 4, 'There is no customer nobody.'],
      ['customer dispute b-nobody --reason x', 4, 'There is no bill b-nobody.'],
      ['release station TB01 --reason x', 4, 'Refused: '],
      ['pay nobody 10', 4, 'There is no customer nobody.'],
      ['task done 00000000-0000-4000-8000-000000000000 reached', 4, 'There is no task'],
      ['token revoke 0123456789ab --reason x', 4, 'Refused: '],
    ]));

  test('that is used wrongly ends with 2 and says what was meant', () =>
    expectEach(run, [
      ['task list --limit some', 2, 'some is not a whole number above 0.'],
      ['task done T1 promise --promised-on soon', 2, 'soon is not a day.'],
      ['task done T1 reached', 2, 'params/id'],
      ['customer hold wang', 2, 'An option is missing: --reason <text>'],
      ['customer show', 2, 'An argument is missing: customer'],
      ['customer hold wang --reason x --from soon', 2, 'soon is neither a day'],
      ['customer escalate wang --level 4 --reason x', 2, '4 is not one of: 1, 2, 3.'],
      ['customer escalate wang --reason x', 2, 'Say where to: --level or --step.'],
      ['customer dispute b-wang --resolve won --reason x', 2, 'not one of: upheld, rejected.'],
      ['customer promise wang soon --reason x', 2, 'soon is not a day.'],
      ['pay wang 0', 2, '0 is not an amount'],
      ['pay wang 1.234', 2, '1.234 is not an amount'],
      ['token create x --scope fly --days 1 --reason x', 2, 'body/scopes'],
      ['customer hodl wang', 2, 'Did you mean hold?'],
      ['customer list --cvs', 2, 'There is no option --cvs'],
    ]));

  test('whose reason says nothing ends with 2', async () => {
    const { code, err } = await run(['customer', 'hold', 'wang', '--reason', ' ']);
    expect([code, err]).toEqual([2, 'Not understood: body/reason: say why\n']);
  });

  test('without a token, with a wrong one, or beyond its role ends with 4', async () => {
    const clerk = await api.as('clerk', { stations: ['TB02'] });
    const ended = await Promise.all([
      run('customer list', { TARIM_TOKEN: '' }),
      run('customer list', { TARIM_TOKEN: 'tarim_0_0' }),
      run('audit list', { TARIM_TOKEN: clerk.token }),
      run('customer show wang', { TARIM_TOKEN: clerk.token }),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([4, 4, 4, 4]);
    expect(ended.map(({ err }) => err.split(':')[0])).toEqual([
      `There is no token for http`,
      'The token is not accepted',
      'Not allowed',
      'There is no customer wang.\n',
    ]);
  });

  test('in Chinese says the same in Chinese; the terminal’s language is taken', async () => {
    const chinese = { LC_ALL: 'zh_CN.UTF-8' };
    const [refused, wrong, held] = await Promise.all([
      run('customer show nobody', chinese),
      run('customer hold wang', chinese),
      run('customer hold wang --reason 汛期 --lang zh-CN'),
    ]);
    expect([refused.code, refused.err]).toEqual([4, '没有找到：There is no customer nobody.\n']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('缺少必填选项：--reason')]);
    expect(held).toEqual({ code: 0, out: '已暂停催收。\n', err: '' });
  });
});

describe('an order', () => {
  test('is carried out once, with who and why, and seen afterwards', async () => {
    const hold = 'customer hold wang --reason flood --id h1 --until 2099-01-01';
    expect(await run(hold)).toEqual({ code: 0, out: 'Held.\n', err: '' });
    expect((await run(hold)).out).toBe('This order was given before; nothing changed.\n');
    expect(await world.db.command.findMany()).toMatchObject([
      { id: 'h1', actor: 'chen', reason: 'flood', door: 'api', refusedBecause: null },
    ]);
    const shown = await run('customer show wang');
    expect(shown.out).toMatch(/^wang wang, station TB01, residential\nLevel –\. Owed ¥100\.00/);
    expect(shown.out).toMatch(/No month is open\.[^]*chen: flood/);
    expect(json(Done, await run('customer release wang --reason over --json')).result).toBe(
      'applied',
    );
  });

  test('that is only tried says how many and what, and does nothing', async () => {
    await support.openMonth(world.db, 'wang');
    const tried = await Promise.all([
      run('hold station TB01 --reason flood --dry-run'),
      run('hold all --reason flood --dry-run --json'),
      run('customer promise nobody 2099-01-01 --reason x --dry-run'),
      run('pay wang 12.5 --dry-run'),
    ]);
    expect(tried.map(({ code }) => code)).toEqual([0, 0, 4, 0]);
    expect(tried[0].out).toBe(
      'Dry run, nothing was written. It would be: Held.\nIt concerns 1 customers with an open month.\n',
    );
    expect(Done.parse(JSON.parse(tried[1].out)).result).toBe('wouldApply');
    expect(tried[3].out).toMatch(
      /^Dry run, nothing was written\. Recorded cli-.*: ¥12\.50 of wang/,
    );
    expect([await world.db.command.count(), await world.db.payment.count()]).toEqual([0, 0]);
  });

  test('each reaches what it is for', async () => {
    await support.openMonth(world.db, 'wang');
    const task = await addTask();
    const orders = [
      'hold bill b-liu --reason x',
      'release bill b-liu --reason x',
      'hold station TB02 --reason x',
      'release station TB02 --reason x',
      'hold all --reason x',
      'release all --reason x',
      'customer dispute b-wang --reason meter',
      'customer dispute b-wang --reason meter --resolve rejected',
      `task done ${task} reached --note friendly`,
      'pay wang 1234.5 --ref R1',
    ];
    for (const command of orders) {
      const { code, err } = await run(command);
      expect({ command, code, err }).toEqual({ command, code: 0, err: '' });
    }
    expect((await run('pay wang 1,234')).code).toBe(2);
    expect((await run('pay wang 1234.50 --ref R1')).out).toMatch(
      /^Already recorded: R1, ¥1,234\.50/,
    );
    expect((await run('pay wang 13 --ref R1')).code).toBe(4);
    const kinds = json(z.array(Entry), await run('audit list --json')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'hold')).toHaveLength(3);
    expect(kinds).toEqual(expect.arrayContaining(['dispute', 'resolveDispute', 'finishTask']));
  });
});

describe('a list', () => {
  test('for programs has the shape of the API’s answers', async () => {
    await support.openMonth(world.db, 'wang');
    await addTask();
    await run('hold bill b-liu --reason x');
    const [customers, shown, next, timeline, holds, tasks, audit, tokens, paid] = await Promise.all(
      [
        run('customer list --json'),
        run('customer show wang --json'),
        run('customer next wang --json'),
        run('customer timeline wang --json'),
        run('hold list --json'),
        run('task list --json'),
        run('audit list --json'),
        run('token list --json'),
        run('pay liu 1 --json'),
      ],
    );
    expect(json(z.array(Customer), customers).map(({ customerNo }) => customerNo)).toEqual([
      'liu',
      'wang',
    ]);
    const standing = json(Standing.extend({ timeline: z.array(Happened) }), shown);
    expect(standing).toMatchObject({ customerNo: 'wang', owedFen: 10_000 });
    expect(json(z.array(Next), next).length).toBeGreaterThan(0);
    json(z.array(Happened), timeline);
    expect(json(z.array(Hold), holds)).toMatchObject([{ scope: 'bill', ref: 'b-liu' }]);
    expect(json(z.array(Task), tasks)).toMatchObject([{ customerNo: 'wang', outcome: null }]);
    expect(json(z.array(Entry), audit)).toHaveLength(1);
    expect(json(z.array(Token), tokens)).toHaveLength(1);
    json(Payment.extend({ dryRun: z.literal(false) }), paid);
  });

  test('is followed page after page up to its limit', async () => {
    const rows = Array.from({ length: 230 }, (_, i) => ({
      ...{ customerNo: `P${String(i).padStart(3, '0')}`, name: `第${i}户`, station: 'TB03' },
      ...{ category: 'residential', language: 'zh-CN' },
    }));
    await world.db.customer.createMany({ data: rows });
    const list = async (limit: number) =>
      json(z.array(Customer), await run(`customer list --station TB03 --json --limit ${limit}`));
    const [all, most, few] = await Promise.all([list(1000), list(201), list(3)]);
    expect(all.map(({ customerNo }) => customerNo)).toEqual(rows.map((row) => row.customerNo));
    expect([most.length, few.length]).toEqual([201, 3]);
  });

  test('for spreadsheets has the fields’ names, and no formula of somebody’s making', async () => {
    await world.db.customer.update({ where: { customerNo: 'liu' }, data: { name: '=1+1,"x"' } });
    const { out } = await run('customer list --csv');
    const [head, first] = out.split('\n');
    expect(head).toBe(Object.keys(Customer.shape).join(','));
    expect(first).toMatch(/^liu,"'=1\+1,""x""",TB02,residential,/);
  });

  test('that is empty says so, and to programs is empty', async () => {
    const [people, programs, sheet] = await Promise.all([
      run('task list'),
      run('task list --json'),
      run('task list --csv'),
    ]);
    expect([people.out, programs.out]).toEqual(['Nothing.\n', '[]\n']);
    expect(sheet.out).toMatch(/^id,kind,customerNo.*\n$/);
  });
});

test('a token is issued, used, and revoked; its secret stands alone on stdout', async () => {
  const made = await run('token create trial --scope customer.read --days 2 --reason trial');
  expect([made.code, made.err]).toEqual([0, expect.stringMatching(/^Token \w+ was issued/)]);
  const token = { TARIM_TOKEN: made.out.trim() };
  const id = made.out.split('_')[1] ?? '';
  expect((await run('customer list --json', token)).code).toBe(0);
  expect((await run('task list', token)).code).toBe(4);
  expect((await run(`token revoke ${id} --reason lost`)).out).toBe('Revoked.\n');
  expect((await run('customer list', token)).code).toBe(4);
  json(NewToken, await run('token create b --scope customer.read --days 1 --reason b --json'));
});
