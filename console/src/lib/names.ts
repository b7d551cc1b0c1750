import { useTranslation } from 'react-i18next';

/** The station's own names in words, the others as they are on file. */
export function useNames() {
  const { t } = useTranslation('tasks');
  return (assignee: string, name?: string | null): string => {
    const [role, station = ''] = assignee.split(':');
    if (name !== undefined && name !== null) return `${name}（${assignee}）`;
    if (role === 'collector' && station !== '') return t('names.collector', { station });
    if (role === 'supervisor' && station !== '') return t('names.supervisor', { station });
    return assignee;
  };
}
