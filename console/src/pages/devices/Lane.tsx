import { Button } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Proposal } from '../../../generated/api';
import { call } from '../../lib/api';
import { moment } from '../../lib/format';
import { AGAIN_MS, useList } from '../../lib/list';
import { useNames } from '../../lib/names';
import { useMay } from '../../lib/session';
import { Failure } from '../../ui/Failure';
import { OrderDialog } from '../../ui/OrderDialog';
import { useOutcome } from './orders';
import { useWhy, type Stage } from './stages';

type Filter = Readonly<{ station: string | undefined; customerNo: string | undefined }>;

/** One stage of the board: how many are there, what leads on from it, and each case. */
export function Lane({ stage, filter }: { stage: Stage; filter: Filter }) {
  const { t } = useTranslation('devices');
  const { rows, error, more, turning, again } = useList(
    ['devices', 'lane', stage, filter],
    ({ cursor, signal }) =>
      call('GET /proposals', { query: { ...filter, stage, state: 'all', cursor }, signal }),
    { again: AGAIN_MS / 3 },
  );
  const name = t(`stage.${stage}`);
  return (
    <section className="lane" aria-labelledby={`lane-${stage}`}>
      <h2 id={`lane-${stage}`}>
        {name}
        <span className="count">
          {rows === undefined ? '…' : `${rows.length}${more === null ? '' : '+'}`}
        </span>
      </h2>
      <p className="quiet">{t(`leads.${stage}`)}</p>
      {error && <Failure error={error} again={again} />}
      {rows?.length === 0 && <p className="quiet none">{t('none')}</p>}
      <ul onKeyDown={walk}>
        {rows?.map((proposal) => (
          <Card key={proposal.id} proposal={proposal} />
        ))}
      </ul>
      {more && (
        <Button block loading={turning} onClick={more}>
          {t('common:more')}
        </Button>
      )}
    </section>
  );
}

/** The arrows go from case to case: up and down in a lane, sideways to the same height of the next lane that has any. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const from = document.activeElement?.closest('.case');
  if (step === undefined || !from) return;
  const lane = event.currentTarget;
  const casesIn = (list: Element) => [...list.querySelectorAll('.case')];
  const at = casesIn(lane).indexOf(from);
  const lanes = [...document.querySelectorAll('.board .lane ul')];
  const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
  const others =
    step > 0 ? lanes.slice(lanes.indexOf(lane) + 1) : lanes.slice(0, lanes.indexOf(lane)).reverse();
  const next = others.map(casesIn).find((cases) => cases.length > 0);
  const to = sideways ? next?.[Math.min(at, next.length - 1)] : casesIn(lane)[at + step];
  if (to === undefined) return;
  event.preventDefault();
  to.querySelector('a')?.focus();
}

function Card({ proposal }: { proposal: Proposal }) {
  const { t, i18n } = useTranslation('devices');
  const whyOf = useWhy();
  const nameOf = useNames();
  const { id, customerNo, customerName, station, task, stageAt, closedAt, reason } = proposal;
  return (
    <li className="case">
      <Link to={`/devices/${id}`}>{`${customerName} ${customerNo}`}</Link>
      <span className="quiet">{station}</span>
      <span>{closedAt === null || reason === '' ? whyOf(proposal) : reason}</span>
      {task === null ? (
        <time className="quiet" dateTime={stageAt}>
          {t('since', { at: moment(stageAt, i18n.language) })}
        </time>
      ) : (
        <span className={task.escalated ? 'late' : 'quiet'}>
          {t(task.escalated ? 'lateBy' : 'dueBy', {
            who: nameOf(task.assignee),
            at: moment(task.dueAt, i18n.language),
          })}
        </span>
      )}
      {task && <Outcome proposal={proposal} />}
    </li>
  );
}

/** The outcome can be recorded without leaving the board. */
function Outcome({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('devices');
  const [open, setOpen] = useState(false);
  const order = useOutcome(proposal);
  const may = useMay();
  if (!may(order.permission)) return null;
  return (
    <>
      <Button
        size="small"
        aria-label={t('outcomeOf', { name: proposal.customerName })}
        onClick={() => setOpen(true)}
      >
        {order.title}
      </Button>
      {open && <OrderDialog order={order} close={() => setOpen(false)} />}
    </>
  );
}
