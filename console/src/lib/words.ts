import { useTranslation } from 'react-i18next';

/** The house's words for what the API names by a code: steps, stages, flags, categories. An unknown code stands as it is. */
export function useWords() {
  const { t, i18n } = useTranslation('words');
  return {
    word: (kind: string, code: string): string =>
      i18n.exists(`words:${kind}.${code}`) ? t(`${kind}.${code}`) : code,
  };
}
