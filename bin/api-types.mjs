/**
 * The API's shapes as TypeScript, for the console: what each address takes and answers, from api/openapi.json.
 * Only the part of JSON Schema that our document uses.
 */
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const PREFIX = '/api/v1';

/** The text of console/generated/api.ts. */
export function apiTypes(document) {
  const schemas = Object.entries(document.components.schemas)
    .filter(
      ([name]) => !name.endsWith('Input') || !(name.slice(0, -5) in document.components.schemas),
    )
    .map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`);
  const calls = Object.entries(document.paths)
    .filter(([path]) => path.startsWith(PREFIX))
    .flatMap(([path, methods]) =>
      METHODS.filter((method) => method in methods).map(
        (method) =>
          `  '${method.toUpperCase()} ${path.slice(PREFIX.length)}': ${callOf(methods[method])};`,
      ),
    );
  return [
    '// Written by bin/api-types.mjs from api/openapi.json. Not kept in git.',
    ...schemas,
    '/** Every call: what it takes and what it answers. */',
    'export interface Api {',
    ...calls,
    '}',
    '',
  ].join('\n');
}

function callOf({ parameters = [], requestBody, responses }) {
  const params = parameters.filter((parameter) => parameter.in === 'path');
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const success = Object.entries(responses).find(([status]) => /^2\d\d$/.test(status))?.[1];
  return `{ params: ${fields(params)}; query: ${fields(query)}; body: ${content(requestBody)}; answer: ${content(success)} }`;
}

const content = (of) => {
  const schema = of?.content?.['application/json']?.schema;
  return schema === undefined ? 'undefined' : typeOf(schema);
};

const fields = (parameters) =>
  object(
    Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    parameters.filter(({ required }) => required).map(({ name }) => name),
  );

function object(properties, required) {
  const lines = Object.entries(properties).map(
    ([name, schema]) =>
      `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}${required.includes(name) ? '' : ' | undefined'}`,
  );
  return `{ ${lines.join('; ')} }`;
}

function typeOf(schema) {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never';
  if (schema.$ref !== undefined)
    return schema.$ref
      .split('/')
      .at(-1)
      .replace(/Input$/, '');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const many = schema.anyOf ?? schema.oneOf;
  if (many !== undefined) return many.map((one) => typeOf(one)).join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  return [schema.type]
    .flat()
    .map((type) => ofType(type, schema))
    .join(' | ');
}

function ofType(type, schema) {
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string' || type === 'boolean' || type === 'null') return type;
  if (type === 'array' && schema.prefixItems !== undefined)
    return `[${schema.prefixItems.map((one) => typeOf(one)).join(', ')}]`;
  if (type === 'array')
    return `(${schema.items === undefined ? 'unknown' : typeOf(schema.items)})[]`;
  if (type !== 'object') return 'unknown';
  if (schema.properties !== undefined) return object(schema.properties, schema.required ?? []);
  const { additionalProperties: more } = schema;
  return `Record<string, ${more !== undefined && more !== true && more !== false && Object.keys(more).length > 0 ? typeOf(more) : 'unknown'}>`;
}
