import { createRoot } from 'react-dom/client';
import { Root } from './root';
import { startI18n } from './lib/i18n';
import { makeQueryClient } from './lib/queries';
import { readSessionEarly } from './lib/session';
import { giveStylesTheNonce } from './lib/nonce';
import { loadPageEarly } from './pages';
import './style.css';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element #root');
giveStylesTheNonce();
const client = makeQueryClient();
// All three at once: the first content waits for each.
readSessionEarly(client);
loadPageEarly(location.pathname);
await startI18n();
createRoot(place).render(<Root client={client} />);
