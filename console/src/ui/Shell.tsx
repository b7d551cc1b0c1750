import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { useMay, useSession, useSignOut } from '../lib/session';
import { pages } from '../pages';
import { LanguageSwitch } from './LanguageSwitch';
import { Lost } from './Lost';

/** What stands around every page: skip link, who is signed in, the menu of what the person may read. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const main = useFocusOnChange();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Top />
      <nav aria-label={t('shell.menu')}>
        <Menu />
      </nav>
      <main id="main" tabIndex={-1} ref={main}>
        {children}
      </main>
      <Lost />
    </div>
  );
}

function Top() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data: session } = useSession();
  const signOut = useSignOut();
  return (
    <header>
      <Button
        className="only-narrow"
        type="text"
        icon={<MenuOutlined />}
        aria-label={t('shell.menu')}
        onClick={() => setOpen(true)}
      />
      <Link to="/" className="brand">
        Tarim <span className="only-wide">{t('shell.subtitle')}</span>
      </Link>
      <span className="who only-wide">
        {t('shell.who', { name: session?.name, role: t(`role.${session?.role ?? 'clerk'}`) })}
      </span>
      <LanguageSwitch />
      <Button type="text" loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('shell.signOut')}
      </Button>
      <Drawer
        title={session?.name}
        placement="left"
        size={260}
        open={open}
        onClose={() => setOpen(false)}
      >
        <nav aria-label={t('shell.menu')}>
          <Menu onGo={() => setOpen(false)} />
        </nav>
      </Drawer>
    </header>
  );
}

function Menu({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <ul className="menu">
      {pages
        .filter(({ inMenu, needs }) => inMenu && may(needs))
        .map(({ name, path }) => (
          <li key={name}>
            <NavLink to={path} {...(onGo === undefined ? {} : { onClick: onGo })}>
              {t(`${name}:title`)}
            </NavLink>
          </li>
        ))}
    </ul>
  );
}

/** A reader of the screen hears that the page is another one, and the next Tab is in it. Not at the first. */
function useFocusOnChange() {
  const place = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current !== pathname) place.current?.focus({ preventScroll: true });
    before.current = pathname;
  }, [pathname]);
  return place;
}
