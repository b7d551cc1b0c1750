import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { User as Shown } from '../../../generated/api';
import { call } from '../../lib/api';
import { moment } from '../../lib/format';
import { useList } from '../../lib/list';
import { Facts } from '../../ui/Facts';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { OrderAction } from '../../ui/OrderAction';
import { PageHead } from '../../ui/PageHead';
import { useChange, useLock, usePassword, useSignOutEverywhere } from './orders';
import { TokenTable } from './TokenTable';
import { Locked } from './Users';

/** One person: what he is, what can be changed, and his tokens. */
export default function User() {
  const { t } = useTranslation('users');
  const { username = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['users', 'one', username],
    queryFn: ({ signal }) => call('GET /users/{username}', { params: { username }, signal }),
  });
  return (
    <>
      <PageHead title={data === undefined ? `${t('one')} ${username}` : `${data.name} ${username}`}>
        <Link to="/users">{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={480} />}
      {data && (
        <div className="columns">
          <div>
            <Standing user={data} />
            <Tokens username={username} />
          </div>
          <Orders user={data} />
        </div>
      )}
    </>
  );
}

type Given = { user: Shown };

function Standing({ user }: Given) {
  const { t, i18n } = useTranslation('users');
  const { role, stations, assignee, hasPassword, oidcSubject, createdBy, createdAt, disabledAt } =
    user;
  return (
    <section className="card" aria-label={t('standing')}>
      <Facts
        facts={[
          [t('stateIs'), <Locked user={user} />],
          [t('role'), t('roleDoes', { role: t(`common:role.${role}`), does: t(`does.${role}`) })],
          [t('stations'), stations === null ? t('all') : stations.join(t('and'))],
          [t('assignee'), assignee ?? '–'],
          [t('signIn'), t(hasPassword ? 'byPassword' : 'noPassword')],
          [t('identity'), oidcSubject],
          [t('createdBy'), `${createdBy} ${moment(createdAt, i18n.language)}`],
          [t('disabledAt'), disabledAt && moment(disabledAt, i18n.language)],
        ]}
      />
    </section>
  );
}

function Tokens({ username }: { username: string }) {
  const { t } = useTranslation('users');
  const list = useList(['users', 'one', username, 'tokens'], ({ cursor, signal }) =>
    call('GET /users/{username}/tokens', { params: { username }, query: { cursor }, signal }),
  );
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{t('tokens')}</h2>
      <TokenTable list={list} label={t('tokens')} empty={t('noTokens')} owner={username} />
    </section>
  );
}

function Orders({ user }: Given) {
  const { t } = useTranslation('users');
  return (
    <section className="card" aria-label={t('orders')}>
      <h2>{t('orders')}</h2>
      <ul className="actions">
        <OrderAction order={useChange(user)} />
        <OrderAction order={usePassword(user)} />
        <OrderAction order={useSignOutEverywhere(user)} />
        <OrderAction order={useLock(user)} />
      </ul>
    </section>
  );
}
