import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeLanguage, type Language } from '../lib/i18n';

const OTHER = {
  'zh-CN': { to: 'en', name: 'English' },
  en: { to: 'zh-CN', name: '中文' },
} as const;

/** One press: the other language, named in itself. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const { to, name } = OTHER[i18n.language as Language];
  return (
    <Button type="text" lang={to} onClick={() => void changeLanguage(to)}>
      {name}
    </Button>
  );
}
