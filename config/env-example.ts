import { liveNames, names, oidcNames, secretNames, variables, type Name } from './variables';

/** The text of `.env.example`: every variable, commented out, with its meaning and its default or an example. */
export const envExample = (): string =>
  ['# Written by `npm run env-example` from config/variables.ts. All are optional.', '', ...body()]
    .join('\n')
    .trimEnd() + '\n';

const body = (): string[] =>
  names.flatMap((name) => [...comments(name), `# ${name}=${valueOf(name)}`, '']);

function comments(name: Name): string[] {
  const { description } = variables[name].meta() ?? {};
  return [
    `# ${description ?? name}`,
    ...(liveNames.includes(name) ? ['# Needed when DELIVERY=live.'] : []),
    ...(oidcNames.includes(name)
      ? ['# Needed with the other OIDC_ variables and PUBLIC_BASE_URL.']
      : []),
    ...(secretNames.includes(name) ? [`# A secret: ${name}_FILE=/path/to/it does as well.`] : []),
  ];
}

function valueOf(name: Name): string {
  const standard = variables[name].safeParse(undefined).data;
  if (typeof standard === 'boolean') return standard ? '1' : '0';
  if (standard !== undefined) return standard.toString();
  const example = variables[name].meta()?.['example'];
  return typeof example === 'string' ? example : '';
}
