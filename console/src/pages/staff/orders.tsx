import { useTranslation } from 'react-i18next';
import type { User } from '../../../generated/api';
import { call } from '../../lib/api';
import { useSession } from '../../lib/session';
import type { Order } from '../../ui/OrderAction';
import { formOf, PasswordField, PersonFields, personOf, type Person } from './person';

const CHANGES = [['users'], ['session']];

function useOwn({ username }: User): boolean {
  const { data } = useSession();
  return data?.username === username;
}

/** Name, role, stations and the name in tasks. */
export function useChange(user: User): Order<Person> {
  const { t } = useTranslation('users');
  const { username } = user;
  return {
    permission: 'staff.write',
    title: t('change.title'),
    explained: t('change.explained'),
    fields: <PersonFields initial={formOf(user)} />,
    give: ({ reason, ...person }, key) =>
      call('PATCH /users/{username}', {
        params: { username },
        body: { ...personOf(person), reason },
        key,
      }),
    changes: CHANGES,
  };
}

/** Nobody's own: that asks for the old one. */
export function usePassword(user: User): Order<{ password: string }> {
  const { t } = useTranslation('users');
  const own = useOwn(user);
  const { username, name } = user;
  return {
    permission: 'staff.write',
    title: t('reset.title'),
    explained: t('reset.explained', { name }),
    impossible: own ? t('reset.own') : null,
    fields: <PasswordField />,
    give: (body, key) =>
      call('PUT /users/{username}/password', { params: { username }, body, key }),
    changes: CHANGES,
  };
}

/** Ends every session at once. */
export function useSignOutEverywhere({ username, name }: User): Order<object> {
  const { t } = useTranslation('users');
  return {
    permission: 'staff.write',
    title: t('signOut.title'),
    explained: t('signOut.explained', { name }),
    give: ({ reason }, key) =>
      call('POST /users/{username}/sign-out', { params: { username }, body: { reason }, key }),
    changes: CHANGES,
  };
}

/** Out at once, or in again. */
export function useLock(user: User): Order<object> {
  const { t } = useTranslation('users');
  const own = useOwn(user);
  const { username, name, disabledAt } = user;
  const disabled = disabledAt === null;
  const how = disabled ? 'lock' : 'unlock';
  return {
    permission: 'staff.write',
    title: t(`${how}.title`),
    explained: t(`${how}.explained`, { name }),
    impossible: own ? t('lock.own') : null,
    ...(disabled ? { danger: true } : {}),
    give: ({ reason }, key) =>
      call('PATCH /users/{username}', { params: { username }, body: { disabled, reason }, key }),
    changes: CHANGES,
  };
}
