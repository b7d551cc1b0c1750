import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { backOf } from '../lib/back';
import { useSession, useSignIn } from '../lib/session';
import { Failure } from '../ui/Failure';
import { LanguageSwitch } from '../ui/LanguageSwitch';
import { useTitle } from '../ui/use-title';

/** By name and password; who comes here signed in goes on at once. */
export function SignIn() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { data: session } = useSession();
  const signIn = useSignIn();
  useTitle(t('signIn.title'));
  const back = backOf(search.get('back'));
  if (session) return <Navigate to={back} replace />;
  const required = [{ required: true, message: t('required') }];
  return (
    <main className="center">
      <div className="card sign-in">
        <div className="page-head">
          <h1>{t('signIn.title')}</h1>
          <LanguageSwitch />
        </div>
        {search.has('back') && <p className="quiet">{t('signIn.again')}</p>}
        {signIn.error && <Failure error={signIn.error} />}
        <Form<{ username: string; password: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={(given) => signIn.mutate(given)}
        >
          <Form.Item name="username" label={t('signIn.username')} rules={required}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={required}>
            <Input.Password autoComplete="current-password" visibilityToggle={false} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t('signIn.do')}
          </Button>
        </Form>
      </div>
    </main>
  );
}
