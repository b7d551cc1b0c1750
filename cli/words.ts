import { en } from './words/en';
import { helpEn } from './words/help-en';
import { helpZhCN } from './words/help-zh-CN';
import { lifeEn } from './words/life-en';
import { lifeZhCN } from './words/life-zh-CN';
import { tryEn } from './words/try-en';
import { tryZhCN } from './words/try-zh-CN';
import { zhCN } from './words/zh-CN';

export const langs = ['zh-CN', 'en'] as const;
export type Lang = (typeof langs)[number];

/** The Chinese catalogue has the keys; the English one must have the same. */
export type Word =
  keyof typeof zhCN | keyof typeof helpZhCN | keyof typeof lifeZhCN | keyof typeof tryZhCN;
type Values = Readonly<Record<string, string | number>>;
/** A sentence in the person's language, with what stands in braces filled in. */
export type Tell = (word: Word, values?: Values) => string;

export const catalogues: Readonly<Record<Lang, Readonly<Record<Word, string>>>> = {
  'zh-CN': { ...zhCN, ...helpZhCN, ...lifeZhCN, ...tryZhCN },
  en: { ...en, ...helpEn, ...lifeEn, ...tryEn },
};

export function tellIn(lang: Lang): Tell {
  const words = catalogues[lang];
  return (word, values = {}) =>
    words[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Known before anything is parsed, because the help is in it: `--lang`, else what the terminal is set to, else Chinese. An unknown `--lang` is
 * refused later, by the parser.
 */
export function langOf(args: readonly string[], env: Env): Lang {
  const at = args.indexOf('--lang');
  const asked =
    args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length) ??
    (at < 0 ? undefined : args[at + 1]);
  const given = langs.find((lang) => lang === asked);
  if (given !== undefined) return given;
  const set = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? '';
  return /^en([_.-]|$)/i.test(set) ? 'en' : 'zh-CN';
}
