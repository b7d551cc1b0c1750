import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { call } from '../../lib/api';
import { Failure } from '../../ui/Failure';
import { PageHead } from '../../ui/PageHead';

/** One customer: where he stands and why, what comes next, what happened, and what can be done. */
export default function Customer() {
  const { t } = useTranslation('customer');
  const { customerNo = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['customers', customerNo, 'standing'],
    queryFn: () => call('GET /customers/{customerNo}', { params: { customerNo } }),
  });
  return (
    <>
      <PageHead title={`${data?.name ?? t('title')} ${customerNo}`} />
      {error && <Failure error={error} again={() => void refetch()} />}
    </>
  );
}
