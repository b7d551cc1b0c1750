import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../lib/api';

/** What happened, and what to do about it: the API's own sentence, under the house's words for its kind. */
export function Failure({ error, again }: { error: Error; again?: () => void }) {
  const { t } = useTranslation();
  const kind = kindOf(error);
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <Alert
      type={kind === 'refused' ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={t(`problem.${kind}.what`)}
      description={
        <>
          {problem && <p>{problem.detail}</p>}
          <p>{t(`problem.${kind}.do`)}</p>
          {problem && <p className="quiet">{t('problem.id', { id: problem.requestId })}</p>}
          {again && <Button onClick={again}>{t('problem.again')}</Button>}
        </>
      }
    />
  );
}

/** `network`: no answer; `page`: the fault is in the page itself. */
function kindOf(error: Error): string {
  if (!(error instanceof ApiError)) return 'page';
  return error.problem?.code ?? 'network';
}
