import { useTranslation } from 'react-i18next';

/** Keeps the place of what is being read, so that nothing jumps when it comes. `height` is about that of what is to come. */
export function Loading({ height = 320 }: { height?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="card quiet" style={{ minHeight: height }}>
      {t('loading')}
    </div>
  );
}
