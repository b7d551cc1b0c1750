import { useTranslation } from 'react-i18next';
import { levelLabel, money } from '../../lib/format';
import { useWords } from '../../lib/words';

/** A policy's document for people: the names of its places, its values with their units, its steps. What nobody foresaw stands as it is. */
export function useReading() {
  const { t, i18n } = useTranslation('policies');
  const { word } = useWords();
  const known = (kind: string, code: string): string | null =>
    i18n.exists(`policies:${kind}.${code}`) ? t(`${kind}.${code}`) : null;
  const names = (codes: readonly unknown[]): string =>
    codes.length === 0 ? t('nothing') : codes.map((code) => name(String(code))).join(t('and'));
  const name = (code: string): string =>
    known('channel', code) ??
    known('task', code) ??
    known('condition', code) ??
    word('category', code);

  const place = (part: string, at: number, all: readonly string[]): string => {
    if (/^[123]$/.test(part)) return t('levelOf', { level: levelLabel(Number(part) as 1 | 2 | 3) });
    if (all[0] === 'ladders' && at === 2) return word('step', part);
    return known('field', part) ?? name(part);
  };
  const value = (path: string, given: unknown): string => {
    const last = path.split('.').at(-1) ?? '';
    if (given === null) return t('nothing');
    if (typeof given === 'boolean') return t(given ? 'yes' : 'no');
    if (typeof given === 'number') return quantity(last, given);
    if (isScale(given))
      return given.map(([from, points]) => t('points', { from, points })).join(t('then'));
    if (Array.isArray(given)) return names(given);
    if (isStep(given)) return step(given);
    return typeof given === 'string' ? name(given) : JSON.stringify(given);
  };
  const quantity = (last: string, given: number): string => {
    if (/Minute$/.test(last))
      return `${String(Math.floor(given / 60)).padStart(2, '0')}:${String(given % 60).padStart(2, '0')}`;
    if (/Ppm$/.test(last)) return `${given / 1000} ‰`;
    return /fen$/i.test(last) ? money(given) : String(given);
  };
  const step = ({ anchor, day, channels, tasks }: Step): string =>
    [when(`${anchor === 'issue' ? 'issue' : 'D'}${signed(day)}`), names([...channels, ...tasks])]
      .filter((one) => one !== '')
      .join(' ');
  /** The table's `issue` and `D−3`. */
  const when = (on: string): string => on.replace('issue', t('issueDay'));
  return {
    label: (path: string): string =>
      path
        .split('.')
        .filter((part) => part !== 'ladders')
        .map((part, at) =>
          path.startsWith('ladders.') ? place(part, at + 1, ['ladders']) : place(part, at, ['']),
        )
        .join(' › '),
    value,
    when,
    names,
    stepName: ({ key, kind }: { key: string; kind: string }): string =>
      word('step', key) === key ? (known('step', kind) ?? word('stage', kind)) : word('step', key),
  };
}

const signed = (day: number): string => (day === 0 ? '' : day < 0 ? `−${-day}` : `+${day}`);

type Step = Readonly<{ anchor: string; day: number; channels: string[]; tasks: string[] }>;
const isStep = (given: unknown): given is Step =>
  typeof given === 'object' && given !== null && 'anchor' in given && 'channels' in given;
const isScale = (given: unknown): given is [number, number][] =>
  Array.isArray(given) && given.length > 0 && given.every((one) => Array.isArray(one));

/** The places of a document with what stands there; the ladders are shown as a table of their own. */
export function leavesOf(body: object, above = ''): { path: string; value: unknown }[] {
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    const path = above === '' ? name : `${above}.${name}`;
    if (path === 'ladders') return [];
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leavesOf(value, path)
      : [{ path, value }];
  });
}
