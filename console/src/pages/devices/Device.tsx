import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ProposalHistory } from '../../../generated/api';
import { call } from '../../lib/api';
import { day, moment } from '../../lib/format';
import { AGAIN_MS } from '../../lib/list';
import { useNames } from '../../lib/names';
import { cellsOf } from '../../ui/columns';
import { DataTable } from '../../ui/DataTable';
import { Facts } from '../../ui/Facts';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { OrderAction } from '../../ui/OrderAction';
import { PageHead } from '../../ui/PageHead';
import { useOutcome, useWithdrawal } from './orders';
import { ENDS, ROAD, useWhy } from './stages';
import './devices.css';

/** One device case: how far it is, what was done for it, and what can be done now. */
export default function Device() {
  const { t } = useTranslation('devices');
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['devices', 'one', id],
    queryFn: ({ signal }) => call('GET /proposals/{id}', { params: { id }, signal }),
    refetchInterval: AGAIN_MS / 3,
  });
  return (
    <>
      <PageHead
        title={
          data === undefined
            ? t('one')
            : t('oneOf', { name: data.customerName, customerNo: data.customerNo })
        }
      >
        <Link to="/devices">{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={480} />}
      {data && (
        <>
          <Road proposal={data} />
          <div className="columns">
            <div>
              <Standing proposal={data} />
              <History proposal={data} />
            </div>
            <Orders proposal={data} />
          </div>
        </>
      )}
    </>
  );
}

type Given = { proposal: ProposalHistory };

/** The stages in a row; where the case ended stands instead of what it did not reach. */
function Road({ proposal: { stage } }: Given) {
  const { t } = useTranslation('devices');
  const ended = ENDS.find((end) => end === stage);
  const all = [...ROAD, ended ?? 'switched'] as const;
  const at = all.findIndex((one) => one === stage);
  return (
    <ol className="road card" aria-label={t('road')}>
      {all.map((one, n) => (
        <li
          key={one}
          className={n < at ? 'done' : ''}
          {...(n === at ? { 'aria-current': 'step' as const } : {})}
        >
          {t(`stage.${one}`)}
        </li>
      ))}
    </ol>
  );
}

function Standing({ proposal }: Given) {
  const { t, i18n } = useTranslation('devices');
  const whyOf = useWhy();
  const nameOf = useNames();
  const { customerNo, customerName, station, task, openedAt, stageAt, closedAt, restUntil } =
    proposal;
  const at = (instant: string) => moment(instant, i18n.language);
  return (
    <section className="card" aria-label={t('standing')}>
      <h2>{t('standing')}</h2>
      <Facts
        facts={[
          [
            t('customer'),
            <Link to={`/customers/${encodeURIComponent(customerNo)}`}>
              {`${customerName} ${customerNo}`}
            </Link>,
          ],
          [t('station'), station],
          [t('why'), whyOf(proposal)],
          [t('openedAt'), at(openedAt)],
          [t('stageAt'), at(stageAt)],
          [t('task'), task && t(`leads.${proposal.stage}`)],
          [t('assignee'), task && nameOf(task.assignee)],
          [t('dueAt'), task && `${at(task.dueAt)}${task.escalated ? t('escalated') : ''}`],
          [t('closedAt'), closedAt && at(closedAt)],
          [t('reason'), closedAt && (proposal.reason || '–')],
          [t('restUntil'), restUntil && day(restUntil, i18n.language)],
        ]}
      />
    </section>
  );
}

function History({ proposal: { history } }: Given) {
  const { t, i18n } = useTranslation('devices');
  const nameOf = useNames();
  const column = cellsOf<ProposalHistory['history'][number]>(t);
  return (
    <section className="card" aria-labelledby="history">
      <h2 id="history">{t('history')}</h2>
      {history.length === 0 ? (
        <p className="quiet">{t('noHistory')}</p>
      ) : (
        <DataTable
          label={t('history')}
          rows={history}
          keyOf={({ id }) => id}
          columns={[
            column('task', ({ stage }) => t(`leads.${stage}`)),
            { ...column('assignee', ({ assignee }) => nameOf(assignee)), wide: true },
            column('outcomeIs', ({ stage, outcome }) =>
              outcome === null || outcome === 'notNeeded'
                ? t(outcome ?? 'pending')
                : t(`outcome.${outcome}.${stage}`),
            ),
            column('note', ({ note }) => note || '–'),
            column('doneBy', ({ doneBy, doneAt }) =>
              doneAt === null ? '–' : `${doneBy ?? ''} ${moment(doneAt, i18n.language)}`,
            ),
          ]}
        />
      )}
    </section>
  );
}

function Orders({ proposal }: Given) {
  const { t } = useTranslation('devices');
  return (
    <section className="card" aria-label={t('orders')}>
      <h2>{t('orders')}</h2>
      <ul className="actions">
        <OrderAction order={useOutcome(proposal)} />
        <OrderAction order={useWithdrawal(proposal)} />
      </ul>
    </section>
  );
}
