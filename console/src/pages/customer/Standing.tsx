import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../generated/api';
import { day, levelLabel, moment, money, month } from '../../lib/format';
import { useNames } from '../../lib/names';
import { FigureList } from '../../ui/FigureList';
import { useWords } from '../../lib/words';
import type { InForce } from './state';

type Given = { customer: CustomerStanding; inForce: InForce };

/** Who, how much, and what is in force, at a glance. */
export function Standing({ customer, inForce }: Given) {
  const { t } = useTranslation('customer');
  const { word } = useWords();
  const nameOf = useNames();
  const collector = customer.collector === null ? null : nameOf(customer.collector);
  const said = [customer.phone, customer.email, collector].filter((one) => one !== null);
  return (
    <section className="card standing" aria-label={t('standing')}>
      <p className="tags">
        <Tag>{customer.station}</Tag>
        <Tag>{word('category', customer.category)}</Tag>
        {customer.experiment && (
          <Tag>{t(`arm.${customer.experiment.arm}`, { policy: customer.experiment.policyId })}</Tag>
        )}
        {customer.flags.map((flag) => (
          <Tag key={flag} className="flag">
            {word('flag', flag)}
          </Tag>
        ))}
        <span className="quiet">{said.join(' · ')}</span>
      </p>
      <Figures customer={customer} />
      <p className="stands">{customer.text}</p>
      <Now inForce={inForce} />
    </section>
  );
}

function Figures({ customer }: Pick<Given, 'customer'>) {
  const { t, i18n } = useTranslation('customer');
  const { level, openCycle, oldestDueOn, owedFen, penaltyFen } = customer;
  const figures: readonly (readonly [string, string])[] = [
    [t('owed'), money(owedFen)],
    [t('penalty'), money(penaltyFen)],
    [t('level'), level === null ? t('ungraded') : levelLabel(level)],
    [t('oldestDueOn'), oldestDueOn === null ? '–' : day(oldestDueOn, i18n.language)],
    [t('cycle'), openCycle === null ? t('noCycle') : month(openCycle, i18n.language)],
  ];
  return <FigureList figures={figures} />;
}

/** What changes how collection goes on now: holds, a promise, disputes, a level decided on, a proposal, what waits for a second person. */
function Now({ inForce }: Pick<Given, 'inForce'>) {
  const { t } = useTranslation('customer');
  const { i18n } = useTranslation();
  const { word } = useWords();
  const nameOf = useNames();
  const { holds, promise, disputes, proposal, override, approvals } = inForce;
  const at = (instant: string) => moment(instant, i18n.language);
  const until = (instant: string | null) =>
    instant === null ? t('now.untilReleased') : t('now.until', { at: at(instant) });
  const lines: ReactNode[] = [
    ...holds.map(({ id, scope, ref, until: end, placedBy, reason }) => (
      <li key={id}>
        <b>{t('held')}</b> {t(`scope.${scope}`)} {ref} · {until(end)} · {placedBy}：{reason}
      </li>
    )),
    ...disputes.map(({ id, billNo, openedBy, reason }) => (
      <li key={id}>
        <b>{t('now.disputed')}</b> {billNo} · {openedBy}：{reason}
      </li>
    )),
    promise && (
      <li key={promise.id}>
        <b>{t('now.promised')}</b> {day(promise.promisedOn, i18n.language)} · {promise.madeTo}
      </li>
    ),
    override && (
      <li key={override.id}>
        <b>{t('now.override')}</b> {levelLabel(override.level)} · {until(override.until)} ·{' '}
        {override.requestedBy}、{override.approvedBy}：{override.reason}
      </li>
    ),
    proposal && (
      <li key={proposal.id}>
        <b>{t('now.device')}</b> {word('deviceStage', proposal.stage)} · {at(proposal.stageAt)}
        {proposal.task &&
          ` · ${t('now.task', { who: nameOf(proposal.task.assignee), at: at(proposal.task.dueAt) })}`}
      </li>
    ),
    ...approvals.map(({ id, kind, requestedBy, reason }) => (
      <li key={id}>
        <b>{t('now.asked')}</b> {t(`approval.${kind}`)} · {requestedBy}：{reason}
      </li>
    )),
  ].filter((line) => line !== null);
  return lines.length === 0 ? null : (
    <ul className="now" aria-label={t('now.title')}>
      {lines}
    </ul>
  );
}
