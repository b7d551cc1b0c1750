import { createRoot } from 'react-dom/client';
import { Root } from './root';
import { startI18n } from './lib/i18n';
import { giveStylesTheNonce } from './lib/nonce';
import './style.css';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element #root');
giveStylesTheNonce();
await startI18n();
createRoot(place).render(<Root />);
