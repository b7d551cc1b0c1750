import { Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Permission } from '../lib/session';
import { useTitle } from '../ui/use-title';

/** An address that is no page. */
export function NotFound() {
  const { t } = useTranslation();
  return <Said title={t('notFound.title')} what={t('notFound.what')} />;
}

/** A page that the person's role may not read. */
export function Forbidden({ permission }: { permission: Permission }) {
  const { t } = useTranslation();
  return <Said title={t('forbidden.title')} what={t('forbidden.what', { permission })} />;
}

function Said({ title, what }: { title: string; what: string }) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <Result
      status="info"
      title={<h1>{title}</h1>}
      subTitle={what}
      extra={<Link to="/">{t('notFound.home')}</Link>}
    />
  );
}
