import { useTranslation } from 'react-i18next';
import type { CustomerStanding, NextStep } from '../../../../generated/api';
import { call } from '../../../lib/api';
import { day, moment } from '../../../lib/format';
import type { Order } from '../../../ui/OrderAction';
import { changesOf, useNextSteps } from '../reads';
import type { InForce } from '../state';
import { both } from '../../../lib/both';
import { ChoiceField, DayField, useBillChoices, type Choice } from './fields';

/** By the station's clock: a day is over at its midnight, an hour is its hour. */
const endOfDay = (on: string): string => new Date(`${on}T24:00:00+08:00`).toISOString();
const hourOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString();
const given = (text: string | undefined): text is string => text !== undefined && text !== '';

type Over = Readonly<{ scope: 'customer' | 'bill'; ref: string }>;
/** `customer C-1` or `bill B-1`. */
const overOf = (over: string): Over => {
  const [scope, ref = ''] = over.split(' ');
  return { scope: scope === 'bill' ? 'bill' : 'customer', ref };
};

/** Of the whole customer or of one bill, until a day or until further notice, from now or from before. */
export function useHold(
  customer: CustomerStanding,
): Order<{ over: string; until?: string; from?: string }> {
  const { t, i18n } = useTranslation('customer');
  const { customerNo, name } = customer;
  const next = useNextContact(customerNo);
  const whole = { value: `customer ${customerNo}`, label: t('hold.whole') };
  const bills = useBillChoices(customer.bills).map(({ value, label }) => ({
    value: `bill ${value}`,
    label,
  }));
  return {
    permission: 'hold.place',
    title: t('hold.title'),
    explained: t('hold.explained', { name }),
    fields: (
      <>
        <ChoiceField name="over" label={t('hold.over')} options={[whole, ...bills]} first />
        <DayField name="until" label={t('hold.until')} hint={t('hold.untilHint')} optional />
        <DayField
          name="from"
          label={t('hold.from')}
          hint={t('hold.fromHint')}
          type="datetime-local"
          optional
        />
      </>
    ),
    needs: ['over'],
    foreseen: ({ until }) => {
      if (next === null) return null;
      const step = { step: next.text, at: moment(next.at, i18n.language) };
      return given(until)
        ? t('hold.foreseenUntil', { ...step, until: day(until, i18n.language) })
        : t('hold.foreseen', step);
    },
    ...both(({ over, reason, until, from }, how) =>
      call('POST /holds', {
        body: {
          ...overOf(over),
          reason,
          ...(given(from) ? { from: hourOf(from) } : {}),
          ...(given(until) ? { until: endOfDay(until) } : {}),
        },
        ...how,
      }),
    ),
    changes: changesOf(customer),
  };
}

/** The next step that has an instant and reaches the customer. */
function useNextContact(customerNo: string): (NextStep & { at: string }) | null {
  const { data } = useNextSteps(customerNo);
  const dated = (step: NextStep): step is NextStep & { at: string } => step.at !== null;
  return data?.items.filter(dated).find(({ do: what }) => what === 'contact') ?? null;
}

/** Ends a hold over the customer or one of his bills; one that reaches further is ended where it was ordered. */
export function useRelease(
  customer: CustomerStanding,
  { holds }: InForce,
): Order<{ over: string }> {
  const { t, i18n } = useTranslation('customer');
  const own: Choice[] = holds
    .filter(({ scope }) => scope === 'customer' || scope === 'bill')
    .map(({ scope, ref, placedAt, reason }) => ({
      value: `${scope} ${ref}`,
      label: `${t(`scope.${scope}`)} ${ref} · ${moment(placedAt, i18n.language)} · ${reason}`,
    }));
  const none = holds.length === 0 ? t('release.notHeld') : t('release.wider');
  return {
    permission: 'hold.release',
    title: t('release.title'),
    explained: t('release.explained', { name: customer.name }),
    impossible: own.length === 0 ? none : null,
    fields: <ChoiceField name="over" label={t('release.which')} options={own} first />,
    needs: ['over'],
    ...both(({ over, reason }, how) =>
      call('POST /holds/release', { body: { ...overOf(over), reason }, ...how }),
    ),
    changes: changesOf(customer),
  };
}
