import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes as Switch, useLocation } from 'react-router';
import { useSession } from './lib/session';
import { pages, type Page } from './pages';
import { Forbidden, NotFound } from './pages/NotFound';
import { SignIn } from './pages/SignIn';
import { Boundary } from './ui/Boundary';
import { Failure } from './ui/Failure';
import { Loading } from './ui/Loading';
import { Shell } from './ui/Shell';

const ready: readonly (Page & { View: ComponentType })[] = pages.map((page) => ({
  ...page,
  View: lazy(page.load),
}));

/** Every address: the sign-in, the pages, and what is none. */
export function Routes() {
  return (
    <Switch>
      <Route path="/sign-in" element={<SignIn />} />
      <Route
        path="*"
        element={
          <SignedIn>
            <Shell>
              <Inside />
            </Shell>
          </SignedIn>
        }
      />
    </Switch>
  );
}

function Inside() {
  const { data: session } = useSession();
  const may = (page: Page) => session?.permissions.includes(page.needs) === true;
  const first = ready.find(may);
  return (
    <Switch>
      {first && <Route index element={<Navigate to={first.path} replace />} />}
      {ready.map((page) => (
        <Route
          key={page.name}
          path={page.path}
          element={may(page) ? <Shown View={page.View} /> : <Forbidden permission={page.needs} />}
        />
      ))}
      <Route path="*" element={<NotFound />} />
    </Switch>
  );
}

/** A page that fails takes only itself down; going elsewhere begins anew. */
function Shown({ View }: { View: ComponentType }) {
  const { pathname } = useLocation();
  return (
    <Boundary key={pathname}>
      <Suspense fallback={<Loading />}>
        <View />
      </Suspense>
    </Boundary>
  );
}

/** Nobody signed in, or not any more: to the sign-in, and afterwards back to where one was. */
function SignedIn({ children }: { children: ReactNode }) {
  const { data: session, error, isPending, refetch } = useSession();
  const { pathname, search } = useLocation();
  const { t } = useTranslation();
  if (isPending) return <p className="center quiet">{t('loading')}</p>;
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (session) return children;
  const back = pathname === '/' ? '' : `?back=${encodeURIComponent(pathname + search)}`;
  return <Navigate to={`/sign-in${back}`} replace />;
}
