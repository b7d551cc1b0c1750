import { toFen, yuanForPeople } from '../fen';
import type { Happened } from '../happened';
import type { Plan } from '../plan';
import { finderIn, refusalOf } from '../refusals';
import type { Reason } from '../scale';
import { dateOf, daysBetween, type CivilDate, type Instant } from '../time';
import { en } from './en';
import { IMPORT_REASONS } from './import-reasons';
import { POLICY_FAULTS } from './policy-faults';
import { REFUSALS } from './refusals';
import { writtenDay, writtenInstant, writtenMonth } from './written';
import { zhCN } from './zh-cn';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
type Table = Readonly<Record<string, string>>;
type Params = Readonly<Record<string, unknown>>;

const TEXTS = { 'zh-CN': zhCN, en } as const;
const table = (language: Language, name: string): Table =>
  (TEXTS[language] as Readonly<Record<string, Table>>)[name] ?? {};

/** What a code is called; the code itself where a later version wrote one that this does not know. */
const word = (language: Language, of: string, code: string): string =>
  table(language, of)[code] ?? code;

/** One line of the procedure file as a sentence. */
export const sayHappened = (language: Language, { kind, params }: Happened): string =>
  fill(language, word(language, 'happened', kind), params);

/** One row of points, with what it is for. */
export function sayReason(
  language: Language,
  { factor, points, why, params = {} }: Reason,
): string {
  const what = fill(language, word(language, 'factors', factor), {
    ...params,
    why: word(language, 'conditions', why),
  });
  return fill(language, word(language, 'phrases', 'points'), { what, points });
}

/** What is wrong, and what to do about it. */
export const sayTrouble = (language: Language, what: string, params: Params): string =>
  fill(language, word(language, 'troubles', what), params);

/** Tells an English sentence by its table; the sentence itself where the table does not know it. */
const retold =
  <Code extends string>(
    table: Readonly<Record<Code, Readonly<Record<Language, string>>>>,
    find: (sentence: string) => Readonly<{ code: Code; params: Params }> | null = finderIn(table),
  ) =>
  (language: Language, sentence: string): string => {
    const found = language === 'en' ? null : find(sentence);
    return found === null ? sentence : fill(language, table[found.code][language], found.params);
  };

/** Why an order was refused, from the sentence that its entry keeps. */
export const sayRefused = retold(REFUSALS, refusalOf);

/** Why an import did not take a row, or came to nothing. */
export const sayUntaken = retold(IMPORT_REASONS);

/** What is wrong with a draft. */
export const sayFault = retold(POLICY_FAULTS);

/** What a kind of task is called. */
export const sayTask = (language: Language, kind: string): string => word(language, 'tasks', kind);

/** Why a task was given out. */
export const sayWhy = (language: Language, why: string): string =>
  table(language, 'taskWhys')[why] ??
  table(language, 'steps')[why] ??
  word(language, 'taskOutcomes', why);

/** What an outcome of a task is called, and what it does. */
export const sayEnding = (
  language: Language,
  kind: string,
  outcome: string,
): Readonly<{ label: string; effect: string }> => {
  const effects = table(language, 'taskEffects');
  const family = kind.startsWith('device') ? 'device' : kind;
  return {
    label: word(language, 'taskOutcomes', outcome),
    effect: effects[`${family}.${outcome}`] ?? effects[outcome] ?? '',
  };
};

/** The next step as a phrase, without its time. */
export function sayPlan(language: Language, plan: Plan): string {
  const phrase = table(language, 'phrases')[plan.do] ?? plan.do;
  if (plan.do !== 'contact')
    return fill(language, phrase, {
      why: 'outcome' in plan ? plan.outcome : 'why' in plan ? plan.why : '',
    });
  const how = [
    ...plan.channels.map((channel) => word(language, 'channels', channel)),
    ...plan.tasks.map((task) => word(language, 'tasks', task)),
  ];
  return fill(language, phrase, {
    step: plan.kind,
    how: how.join(comma(language)),
  });
}

/** Where a customer stands and what comes next, in one or two sentences. */
export function sayStanding(
  language: Language,
  {
    owedFen,
    penaltyFen,
    oldestDueOn,
    plan,
    asOf,
  }: Readonly<{
    owedFen: number;
    penaltyFen: number;
    oldestDueOn: CivilDate | null;
    plan: Plan | null;
    asOf: Instant;
  }>,
): string {
  const say = (key: string, params: Params = {}): string =>
    fill(language, word(language, 'phrases', key), params);
  const days = oldestDueOn === null ? 0 : daysBetween(oldestDueOn, dateOf(asOf));
  const owes = owedFen === 0 ? 'owesNothing' : days > 0 ? 'owes' : 'owesNotDue';
  const what = plan === null ? '' : sayPlan(language, plan);
  const next =
    plan === null
      ? say('noMonth')
      : plan.at === null
        ? say('nextWhenChanged', { what })
        : say('next', { at: writtenInstant(language, plan.at), what });
  return [say(owes, { owedFen, penaltyFen, days }), next].join(language === 'en' ? ' ' : '');
}

function fill(language: Language, text: string, params: Params): string {
  return text.replace(/\{(\w+)(?:\|(\w+))?\}/g, (_, name: string, how: string | undefined) =>
    shown(language, params[name], how),
  );
}

type Show = (language: Language, text: string) => string;
const within =
  (key: string, show: Show = (_, text) => text): Show =>
  (language, text) =>
    phrase(language, key, show(language, text));
/** How a parameter is shown that is not the name of a table. */
const SHOW: Readonly<Record<string, Show>> = {
  fen: (_, text) => `¥${yuanForPeople(toFen(Number(text)))}`,
  day: writtenDay,
  month: writtenMonth,
  instant: writtenInstant,
  assignee,
  until: within('until', writtenInstant),
  toLevel: within('toLevel', (language, text) => word(language, 'levels', text)),
  toStep: within('toStep'),
  note: within('note'),
  refusal: sayRefused,
  complaints: (language, text) =>
    text
      .split('; ')
      .map((one) => sayUntaken(language, one))
      .join('；'),
  // Each with its full stop, as they stand in the sentence that refuses a policy.
  faults: (language, text) =>
    text
      .split(/\.(?: |$)/)
      .filter((one) => one !== '')
      .map((one) => {
        const [path = '', message = ''] = one.split(/: (.*)/s);
        return `${path}：${sayFault(language, message)}。`;
      })
      .join(''),
};

/** A station's own people are told in words, others by the name that they have on file. */
function assignee(language: Language, text: string): string {
  const [role = '', station = ''] = text.split(':');
  return ['collector', 'supervisor'].includes(role) && station !== ''
    ? phrase(language, role, station)
    : text;
}

function shown(language: Language, value: unknown, how: string | undefined): string {
  if (how === 'until' && value === null) return word(language, 'phrases', 'untilFurtherNotice');
  if (Array.isArray(value)) return listed(language, value, how);
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = String(value);
  if (how === undefined || text === '') return text;
  return SHOW[how]?.(language, text) ?? word(language, how, text);
}

function listed(language: Language, values: readonly unknown[], how: string | undefined): string {
  const words = values.map((one) => shown(language, one, how)).filter((one) => one !== '');
  return words.length === 0 ? '' : phrase(language, 'because', words.join(comma(language)));
}

const comma = (language: Language): string => (language === 'en' ? ', ' : '、');
const phrase = (language: Language, key: string, value: string): string =>
  fill(language, word(language, 'phrases', key), { value });
