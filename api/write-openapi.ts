/** `npm run openapi`: writes api/openapi.json. A test fails when it was forgotten. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiText } from './openapi';

void openApiText().then((text) => writeFileSync(join(__dirname, 'openapi.json'), text));
