import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api';
import { count } from '../../lib/format';
import type { Order } from '../../ui/OrderDialog';
import { MONTH, useStations, type Station } from './reads';

type Given = { period: string; station: string };
/** In the choice of stations: all that are the reader's. */
const ALL = '';

const bodyOf = ({ period, station, reason }: Given & { reason: string }) => ({
  ...{ period, reason },
  ...(station === ALL ? {} : { station }),
});

/** A month is opened: customers are graded and their cycles begin. Opened twice it is still one. */
export function useOpening({
  today,
  station,
}: Readonly<{ today: string; station: Station }>): Order<Given> {
  const { t } = useTranslation('month');
  return {
    permission: 'campaign.open',
    title: t('open.title'),
    explained: t('open.explained'),
    fields: <Fields period={today.slice(0, 7)} station={station ?? ALL} />,
    give: (given, key) => call('POST /campaigns', { body: bodyOf(given), key }),
    changes: [MONTH, ['customers']],
  };
}

function Fields({ period, station }: Given) {
  const { t } = useTranslation('month');
  const required = [{ required: true, message: t('common:required') }];
  return (
    <>
      <Form.Item name="period" label={t('open.period')} initialValue={period} rules={required}>
        <Input type="month" />
      </Form.Item>
      <StationField station={station} />
      <HowMany />
    </>
  );
}

/** One of the reader's stations, or all. */
export function StationField({ station }: { station: string }) {
  const { t } = useTranslation('month');
  const stations = useStations();
  const options = [ALL, ...stations].map((value) => ({
    value,
    label: value === ALL ? t('allStations') : value,
  }));
  return (
    <Form.Item name="station" label={t('station')} initialValue={station}>
      <Select options={options} />
    </Form.Item>
  );
}

const isMonth = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d\d$/.test(text);

/** Whom it would open, by a dry run of the same order. */
function HowMany() {
  const { t, i18n } = useTranslation('month');
  const form = Form.useFormInstance<Given>();
  const period: unknown = Form.useWatch('period', form);
  const station = Form.useWatch('station', form);
  const { data, error } = useQuery({
    queryKey: [...MONTH, 'opening', period, station],
    queryFn: () => {
      const body = bodyOf({ period: String(period), station, reason: t('open.trial') });
      return call('POST /campaigns', { body, dryRun: true });
    },
    enabled: isMonth(period),
    retry: false,
  });
  const n = data === undefined ? '…' : count(data.customers, i18n.language);
  const where = data?.stations.join(t('comma')) ?? '…';
  return (
    <p className="foreseen" role="status">
      {error ? error.message : t('open.howMany', { n, where })}
    </p>
  );
}
