import { useTranslation } from 'react-i18next';

/** The house's words for what the API names by a code: steps, channels, reasons, categories. An unknown code stands as it is. */
export function useWords() {
  const { t, i18n } = useTranslation('words');
  const word = (kind: string, code: string): string =>
    i18n.exists(`words:${kind}.${code}`) ? t(`${kind}.${code}`) : code;
  return {
    word,
    /** The same for each code in a line of text, wherever it stands. */
    line: (text: string): string =>
      text
        .split(/( |, |: )/)
        .map((part) => word('code', part))
        .join(''),
  };
}
