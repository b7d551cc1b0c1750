import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { App, ConfigProvider, type ThemeConfig } from 'antd';
import { useTranslation } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { antdTextsIn } from './lib/i18n';
import { nonce } from './lib/nonce';
import { Routes } from './routes';
import { Boundary } from './ui/Boundary';

const FONT = getComputedStyle(document.documentElement).getPropertyValue('--font');
/** Every text on every ground at 4.5 : 1 at least. */
const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b5cad',
    colorPrimaryHover: '#094b8d',
    colorLink: '#0b5cad',
    colorLinkHover: '#094b8d',
    colorError: '#c42b2b',
    colorErrorHover: '#a32323',
    colorTextPlaceholder: '#666d75',
    colorTextDescription: '#57606a',
    colorTextTertiary: '#57606a',
    fontFamily: FONT,
  },
};

/**
 * A list of a dialog opens within it: on the page it would stay where it was when the page, read again, moves under the dialog; and whoever
 * is read to from a dialog does not hear what stands outside.
 */
const listsWithin = (field?: HTMLElement): HTMLElement =>
  field?.closest<HTMLElement>('.ant-modal-body') ?? document.body;

/** All that every page stands in. */
export function Root({ client }: { client: QueryClient }) {
  const { i18n } = useTranslation();
  const antd = antdTextsIn(i18n.language);
  return (
    <ConfigProvider
      csp={{ nonce }}
      theme={theme}
      button={{ autoInsertSpace: false }}
      getPopupContainer={listsWithin}
      {...(antd === undefined ? {} : { locale: antd })}
    >
      <App>
        <Boundary>
          <QueryClientProvider client={client}>
            <BrowserRouter>
              <Routes />
            </BrowserRouter>
          </QueryClientProvider>
        </Boundary>
      </App>
    </ConfigProvider>
  );
}
