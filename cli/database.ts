import type { Config } from '../config';
import { addressesOf } from '../engine/connect';

/** A command that needs no Temporal asks for none. */
export const databaseUrlOf = (config: Config): string =>
  config.DATABASE_URL ?? addressesOf(config).databaseUrl;
