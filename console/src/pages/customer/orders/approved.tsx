import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../../generated/api';
import { call } from '../../../lib/api';
import { day, levelLabel, money } from '../../../lib/format';
import type { Order } from '../../../ui/OrderAction';
import { changesOf, usePenalties } from '../reads';
import type { InForce } from '../state';
import { both } from '../../../lib/both';
import { ChoiceField, DayField, fenOf, YuanField } from './fields';

/** What two people decide: it is asked for here, another person approves. */
export function useOverride(
  customer: CustomerStanding,
  { approvals }: InForce,
): Order<{ level: string; until: string }> {
  const { t, i18n } = useTranslation('customer');
  const { customerNo } = customer;
  const levels = ([1, 2, 3] as const).map((one) => ({
    value: String(one),
    label: t('override.to', { level: levelLabel(one) }),
  }));
  const asked = approvals.some(({ kind }) => kind === 'override');
  return {
    permission: 'grade.override',
    title: t('override.title'),
    explained: t('override.explained'),
    impossible: asked ? t('override.asked') : null,
    fields: (
      <>
        <ChoiceField name="level" label={t('level')} options={levels} />
        <DayField name="until" label={t('override.until')} />
      </>
    ),
    needs: ['level', 'until'],
    foreseen: ({ level, until }) => {
      const to = levelOf(level);
      if (to === null || until === undefined || until === '') return null;
      return t('override.foreseen', {
        level: levelLabel(to),
        until: day(until, i18n.language),
      });
    },
    ...both(({ level, until, reason }, how) =>
      call('POST /customers/{customerNo}/grade-overrides', {
        params: { customerNo },
        body: {
          level: levelOf(level) ?? 3,
          until: new Date(`${until}T24:00:00+08:00`).toISOString(),
          reason,
        },
        ...how,
      }),
    ),
    changes: changesOf(customer),
  };
}

const levelOf = (text: string | undefined): 1 | 2 | 3 | null =>
  ([1, 2, 3] as const).find((one) => String(one) === text) ?? null;

/** One person may: it gives back what the rules say. */
export function useOverrideEnd(customer: CustomerStanding, { override }: InForce): Order<object> {
  const { t } = useTranslation('customer');
  const { customerNo } = customer;
  return {
    permission: 'grade.override',
    title: t('overrideEnd.title'),
    explained: t('overrideEnd.explained'),
    impossible: override === null ? t('overrideEnd.none') : null,
    ...both(({ reason }, how) =>
      call('POST /customers/{customerNo}/grade-overrides/end', {
        params: { customerNo },
        body: { reason },
        ...how,
      }),
    ),
    changes: changesOf(customer),
  };
}

export function useWaiver(customer: CustomerStanding): Order<{ billNo: string; yuan: string }> {
  const { t } = useTranslation('customer');
  const { data } = usePenalties(customer.customerNo);
  const left = data?.items.filter(({ leftFen }) => leftFen > 0) ?? [];
  const options = left.map(({ billNo, leftFen }) => ({
    value: billNo,
    label: t('waiver.of', { billNo, left: money(leftFen) }),
  }));
  return {
    permission: 'penalty.waive',
    title: t('waiver.title'),
    explained: t('waiver.explained'),
    impossible: left.length > 0 ? null : t('waiver.none'),
    fields: (
      <>
        <ChoiceField name="billNo" label={t('bill')} options={options} />
        <YuanField name="yuan" label={t('waiver.amount')} />
      </>
    ),
    needs: ['billNo', 'yuan'],
    foreseen: ({ billNo, yuan }) => {
      const penalty = left.find((one) => one.billNo === billNo)?.leftFen ?? 0;
      const fen = fenOf(yuan);
      return fen === null || fen > penalty
        ? null
        : t('waiver.foreseen', { before: money(penalty), after: money(penalty - fen) });
    },
    ...both(({ billNo, yuan, reason }, how) =>
      call('POST /bills/{billNo}/waivers', {
        params: { billNo },
        body: { amountFen: fenOf(yuan) ?? 0, reason },
        ...how,
      }),
    ),
    changes: changesOf(customer),
  };
}
