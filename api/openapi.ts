import { loadConfig } from '../config';
import type { Deps } from './deps';
import { buildServer } from './server';

/** The OpenAPI document of the routes as they are, as text. Needs neither database nor engine. */
export async function openApiText(): Promise<string> {
  const app = await buildServer(nobody());
  try {
    return `${JSON.stringify(app.swagger(), null, 2)}\n`;
  } finally {
    await app.close();
  }
}

/** Routes are only registered, not asked. */
function nobody(): Deps {
  const deps = { config: loadConfig({}) };
  return deps as unknown as Deps;
}
