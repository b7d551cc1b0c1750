import { useTranslation } from 'react-i18next';
import { useLostAt } from '../lib/connection';
import { clock } from '../lib/format';

/** Says that the connection is lost and what that means. It lies over the page's foot, so that nothing jumps. */
export function Lost() {
  const { t, i18n } = useTranslation();
  const at = useLostAt();
  return (
    <div role="alert" className={at === null ? '' : 'lost'}>
      {at !== null && t('shell.lost', { at: clock(at, i18n.language) })}
    </div>
  );
}
