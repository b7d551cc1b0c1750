import { useTranslation } from 'react-i18next';

/** What a token may, in words: one that only reads has its words with the tokens, the others with the orders. */
export function useScopeWord(): (scope: string) => string {
  const { t, i18n } = useTranslation('tokens');
  return (scope) =>
    i18n.exists(`tokens:reads.${scope}`)
      ? t(`reads.${scope}`)
      : i18n.exists(`common:permission.${scope}`)
        ? t(`common:permission.${scope}`)
        : scope;
}

export function useScopeWords(): (scopes: readonly string[]) => string {
  const { t } = useTranslation('tokens');
  const word = useScopeWord();
  return (scopes) => (scopes.includes('*') ? t('everything') : scopes.map(word).join(t('and')));
}
