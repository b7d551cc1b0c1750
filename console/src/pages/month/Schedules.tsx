import { Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignSchedule } from '../../../generated/api';
import { call } from '../../lib/api';
import { moment } from '../../lib/format';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { OrderAction } from '../../ui/OrderAction';
import type { Order } from '../../ui/OrderDialog';
import { StationField } from './opening';
import { MONTH, useSchedules, type Station } from './reads';

/** By which Schedule months open by themselves; asked for when it is unfolded, because the engine has to be asked. */
export function Schedules({ station }: { station: Station }) {
  const { t } = useTranslation('month');
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('schedule.title')}</summary>
      {open && <Plan station={station} />}
    </details>
  );
}

function Plan({ station }: { station: Station }) {
  const { t } = useTranslation('month');
  const { data, error, refetch } = useSchedules();
  const orders = useOrders(station);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={160} />;
  const shown = data.items.filter((one) => station === undefined || one.station === station);
  return (
    <>
      {shown.length === 0 ? (
        <p className="quiet">{t('schedule.none')}</p>
      ) : (
        <ul>
          {shown.map((schedule) => (
            <li key={schedule.station}>
              <Line schedule={schedule} />
            </li>
          ))}
        </ul>
      )}
      <ul className="actions">
        <OrderAction order={orders.set} />
        <OrderAction order={orders.pause} />
        <OrderAction order={orders.resume} />
        <OrderAction order={orders.remove} />
      </ul>
    </>
  );
}

function Line({ schedule }: { schedule: CampaignSchedule }) {
  const { t, i18n } = useTranslation('month');
  const { station, paused, nextAt, day, hour } = schedule;
  const when =
    day === null || hour === null
      ? t('schedule.other', { station })
      : t('schedule.line', { station, day, hour });
  if (paused) return <>{t('schedule.paused', { when })}</>;
  const next = nextAt === null ? '–' : moment(nextAt, i18n.language);
  return <>{t('schedule.next', { when, next })}</>;
}

type Where = { station: string };
type When = Where & { day: number; hour: number };
const where = ({ station }: Where) => (station === '' ? {} : { station });

function useOrders(station: Station) {
  const { t } = useTranslation('month');
  const field = <StationField station={station ?? ''} />;
  const about = { permission: 'campaign.open', changes: [MONTH] } as const;
  const set: Order<When> = {
    ...{ ...about, title: t('schedule.set'), explained: t('schedule.setExplained') },
    fields: (
      <>
        {field}
        <NumberField name="day" label={t('schedule.day')} min={1} max={28} first={3} />
        <NumberField name="hour" label={t('schedule.hour')} min={0} max={23} first={8} />
      </>
    ),
    give: ({ day, hour, reason, ...at }, key) =>
      call('PUT /campaign-schedules', { body: { day, hour, reason, ...where(at) }, key }),
  };
  const changing = (how: 'pause' | 'resume' | 'remove'): Order<Where> => ({
    ...{ ...about, title: t(`schedule.${how}`), explained: t(`schedule.${how}Explained`) },
    fields: field,
    give: ({ reason, ...at }, key) =>
      call(`POST /campaign-schedules/${how}`, { body: { reason, ...where(at) }, key }),
  });
  return {
    ...{ set, pause: changing('pause'), resume: changing('resume') },
    remove: { ...changing('remove'), danger: true as const },
  };
}

type Field = Readonly<{ name: string; label: string; min: number; max: number; first: number }>;

function NumberField({ name, label, min, max, first }: Field) {
  const { t } = useTranslation('common');
  const rules = [{ required: true, message: t('common:required') }];
  return (
    <Form.Item name={name} label={label} initialValue={first} rules={rules}>
      <InputNumber min={min} max={max} precision={0} />
    </Form.Item>
  );
}
