import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../lib/api';
import { levelLabel, money } from '../../lib/format';
import { Facts } from '../../ui/Facts';
import { Failure } from '../../ui/Failure';

/** Whom it is about, as he stands now: what the second person must know before deciding. */
export function About({ customerNo }: { customerNo: string }) {
  const { t } = useTranslation('approvals');
  const { data, error, refetch } = useQuery({
    queryKey: ['customers', customerNo, 'standing', document.documentElement.lang],
    queryFn: ({ signal }) =>
      call('GET /customers/{customerNo}', { params: { customerNo }, signal }),
  });
  if (error) return <Failure error={error} again={() => void refetch()} />;
  const soon = t('common:loading');
  const level = data === undefined ? soon : data.level === null ? '–' : levelLabel(data.level);
  return (
    <Facts
      facts={[
        [
          t('customer'),
          <Link to={`/customers/${encodeURIComponent(customerNo)}`}>
            {data === undefined ? customerNo : `${data.name} ${customerNo}`}
          </Link>,
        ],
        [t('levelNow'), level],
        [t('owedNow'), data === undefined ? soon : money(data.owedFen)],
        [t('penaltyNow'), data === undefined ? soon : money(data.penaltyFen)],
      ]}
    />
  );
}
