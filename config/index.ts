import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  liveNames,
  names,
  oidcNames,
  secretNames,
  tlsNames,
  variables,
  type Name,
} from './variables';

const Variables = z.object(variables);
/** The environment, checked; TARIM_HOME and TARIM_CACHE are always absolute. */
export type Config = Readonly<
  z.infer<typeof Variables> & { TARIM_HOME: string; TARIM_CACHE: string }
>;

type Env = Readonly<Record<string, string | undefined>>;

/** All that is wrong with the environment, one line a variable. Never holds a value: it may be a secret. */
export class ConfigError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(['The environment will not do:', ...lines.map((line) => `  ${line}`)].join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/**
 * Reads the whole environment once and freezes it. An empty variable counts as absent, as compose files write it.
 *
 * @throws {ConfigError} naming every bad variable at the same time.
 */
export function loadConfig(env: Env): Config {
  const lines: string[] = [];
  const given = collect(env, lines);
  const parsed = Variables.safeParse(given);
  if (!parsed.success) lines.push(...parsed.error.issues.map(toLine));
  if (given['DELIVERY'] === 'live') lines.push(...missingForLive(given));
  lines.push(...missingForOidc(given), ...wrongForTls(given));
  if (!parsed.success || lines.length > 0) throw new ConfigError(lines);
  return Object.freeze({ ...parsed.data, ...folders(parsed.data, env) });
}

const toLine = (issue: z.core.$ZodIssue): string => `${issue.path.join('.')}: ${issue.message}`;

const missingForLive = (given: Env): string[] =>
  liveNames
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: is needed when DELIVERY=live`);

const missingForOidc = (given: Env): string[] =>
  oidcNames.every((name) => given[name] === undefined)
    ? []
    : [...oidcNames, 'PUBLIC_BASE_URL' as const]
        .filter((name) => given[name] === undefined)
        .map((name) => `${name}: is needed to sign in through an identity provider`);

function wrongForTls(given: Env): string[] {
  const { TEMPORAL_ADDRESS, TEMPORAL_TLS_CERT: cert, TEMPORAL_TLS_KEY: key } = given;
  const [first] = tlsNames.filter((name) => given[name] !== undefined);
  return [
    ...(first !== undefined && TEMPORAL_ADDRESS === undefined
      ? [`${first}: needs TEMPORAL_ADDRESS; the Temporal in TARIM_HOME speaks plainly`]
      : []),
    ...((cert === undefined) === (key === undefined)
      ? []
      : ['TEMPORAL_TLS_CERT, TEMPORAL_TLS_KEY: are needed together']),
  ];
}

function collect(env: Env, lines: string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of names) {
    const value = secretNames.includes(name) ? secretOf(name, env, lines) : env[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  return given;
}

function secretOf(name: Name, env: Env, lines: string[]): string | undefined {
  const file = env[`${name}_FILE`];
  if (file === undefined || file === '') return env[name];
  if (env[name]) {
    lines.push(`${name}: is given twice, as ${name} and as ${name}_FILE`);
    return undefined;
  }
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    lines.push(
      `${name}_FILE: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`,
    );
    return undefined;
  }
}

function folders(values: z.infer<typeof Variables>, env: Env) {
  const user = env['HOME'] ? env['HOME'] : homedir();
  const cache = env['XDG_CACHE_HOME'] ? env['XDG_CACHE_HOME'] : join(user, '.cache');
  return {
    TARIM_HOME: resolve(values.TARIM_HOME ?? join(user, '.tarim')),
    TARIM_CACHE: resolve(values.TARIM_CACHE ?? join(cache, 'tarim')),
  };
}
