import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from 'antd/es/locale';

/** The first is the house's. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
type Catalogue = { texts: Record<string, Record<string, unknown>>; antd: Locale };

/** One chunk a language: nobody loads the other. */
const load: Record<Language, () => Promise<Catalogue>> = {
  'zh-CN': () => import('../locales/zh-CN'),
  en: () => import('../locales/en'),
};
const KEPT_UNDER = 'tarim.language';
const antdTexts = new Map<Language, Locale>();

const isLanguage = (text: string | null): text is Language =>
  LANGUAGES.some((language) => language === text);

/** What the reader chose before, else the browser's, else Chinese. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT_UNDER);
  if (isLanguage(kept)) return kept;
  const wanted = navigator.languages.find((one) => /^(zh|en)\b/.test(one));
  return wanted?.startsWith('en') === true ? 'en' : 'zh-CN';
}

/** To be awaited before anything is drawn. */
export async function startI18n(): Promise<void> {
  const language = firstLanguage();
  // At once, beside the session and the page: nothing waits for what need not be waited for.
  const catalogue = load[language]();
  await i18next.use(initReactI18next).init({
    resources: {},
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  addTexts(language, await catalogue);
  await changeLanguage(language);
}

/** Loads the language, keeps the choice, and redraws. */
export async function changeLanguage(language: Language): Promise<void> {
  if (!antdTexts.has(language)) addTexts(language, await load[language]());
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(KEPT_UNDER, language);
}

function addTexts(language: Language, { texts, antd }: Catalogue): void {
  for (const [page, words] of Object.entries(texts))
    i18next.addResourceBundle(language, page, words);
  antdTexts.set(language, antd);
}

/** Ant Design's own words in that language. */
export const antdTextsIn = (language: string): Locale | undefined =>
  isLanguage(language) ? antdTexts.get(language) : undefined;
