import { createHash } from 'node:crypto';
import { Liquid } from 'liquidjs';
import type { RuleBook, Template } from '../db/rules';

/**
 * Strict: an unknown variable or filter is an error, not a gap in a letter. No file access, and bounds on work, because templates are
 * written by staff. Source: stack.md section 6. An empty value is false, as in JavaScript: in Liquid it is true, and a letter without
 * a penalty would name one.
 */
const options = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  jsTruthy: true,
  parseLimit: 20_000,
  renderLimit: 1_000,
  memoryLimit: 1_000_000,
  templates: {},
} as const;
const plain = new Liquid(options);
const escaping = new Liquid({ ...options, outputEscape: 'escape' });

export type Rendered = Readonly<{
  version: number;
  subject: string;
  body: string;
  html: string;
  sha256: string;
}>;

/** Renders the newest version of a template. The hash of the whole text is kept as evidence. @throws when a variable is missing. */
export async function render(
  book: RuleBook,
  { key, channel, language }: Pick<Template, 'key' | 'channel' | 'language'>,
  values: Record<string, unknown>,
): Promise<Rendered> {
  const template = await book.template(key, channel, language);
  const subject = oneLine(text(plain, template.subject, values));
  const body = text(plain, template.body, values);
  const html =
    channel === 'sms'
      ? ''
      : asHtml(text(escaping, template.html || template.body, values), template.html !== '');
  const sha256 = createHash('sha256').update(`${subject}\n${body}\n${html}`).digest('hex');
  return { version: template.version, subject, body, html, sha256 };
}

const parsed = new Map<string, ReturnType<Liquid['parse']>>();

function text(engine: Liquid, source: string, values: Record<string, unknown>): string {
  const key = `${engine === plain ? 'plain' : 'html'}:${source}`;
  const tree = parsed.get(key) ?? engine.parse(source);
  parsed.set(key, tree);
  return String(engine.renderSync(tree, values));
}

/** A subject with a line break would let a name write headers. */
const oneLine = (subject: string): string => subject.replace(/[\r\n]+/g, ' ').trim();

const asHtml = (body: string, isHtml: boolean): string =>
  isHtml
    ? body
    : `<!doctype html><meta charset="utf-8"><div style="white-space:pre-wrap;font:16px sans-serif">${body}</div>`;
