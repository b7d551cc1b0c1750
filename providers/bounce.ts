import { simpleParser, type Attachment } from 'mailparser';

/** What a mail server wrote back about one letter of ours (RFC 3464), or why it tells nothing. */
export type Bounce =
  | Readonly<{
      kind: 'bounce';
      messageId: string;
      recipient: string;
      /** Enhanced status, `5.1.1`. */
      code: string;
      /** `later`: the server still tries. */
      outcome: 'failed' | 'later';
      /** The address itself will never do. */
      ends: boolean;
    }>
  | Readonly<{ kind: 'skipped'; why: 'noReport' | 'noMessageId' | 'manyRecipients' | 'delivered' }>;

const skipped = (why: Extract<Bounce, { kind: 'skipped' }>['why']): Bounce => ({
  kind: 'skipped',
  why,
});

/**
 * Reads one mail. Nothing here proves who wrote it: whoever uses it must hold the recipient against the letter's. The letter's id is random
 * and went to nobody else, so only who had the letter can name both.
 */
export async function readBounce(raw: Buffer): Promise<Bounce> {
  const { attachments } = await simpleParser(raw, OPTIONS);
  const report = textOf(attachments, /^message\/(global-)?delivery-status$/);
  if (report === null) return skipped('noReport');
  const recipients = report
    .split(/\r?\n[ \t]*\r?\n/)
    .filter((part) => field(part, 'Action') !== null);
  const [part] = recipients;
  if (part === undefined) return skipped('noReport');
  // A letter of ours has one recipient; a report about more is not about a letter of ours.
  if (recipients.length > 1) return skipped('manyRecipients');
  const messageId = idOf(textOf(attachments, /^(message\/(rfc822|global)|text\/rfc822-headers)$/));
  return messageId === null ? skipped('noMessageId') : read(part, messageId);
}

/** The part of a report that is about one recipient. */
function read(part: string, messageId: string): Bounce {
  const action = (field(part, 'Action') ?? '').toLowerCase();
  if (GOOD_NEWS.has(action)) return skipped('delivered');
  const code = /\b([45])\.\d{1,3}\.\d{1,3}\b/.exec(field(part, 'Status') ?? '')?.[0];
  const recipient = addressOf(field(part, 'Original-Recipient') ?? field(part, 'Final-Recipient'));
  const outcome = OUTCOME[action];
  if (code === undefined || recipient === null || outcome === undefined) return skipped('noReport');
  return { kind: 'bounce', messageId, recipient, code, outcome, ends: isEnd(code, outcome) };
}

const GOOD_NEWS = new Set(['delivered', 'relayed', 'expanded']);
const OUTCOME: Readonly<Partial<Record<string, 'failed' | 'later'>>> = {
  failed: 'failed',
  delayed: 'later',
};

const OPTIONS = { keepDeliveryStatus: true, skipHtmlToText: true, skipTextToHtml: true } as const;

/** As in smtp-outcome.ts: x.1.z is the address and 5.2.1 a closed mailbox; a full one and a policy of the server may pass. */
const isEnd = (code: string, outcome: 'failed' | 'later'): boolean =>
  outcome === 'failed' &&
  (code === '5.2.1' || (code.startsWith('5.1.') && !/^5\.1\.[78]$/.test(code)));

const textOf = (parts: readonly Attachment[], type: RegExp): string | null =>
  parts.find(({ contentType }) => type.test(contentType))?.content.toString('utf8') ?? null;

const field = (part: string, name: string): string | null =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(part)?.[1]?.trim() ?? null;

const ID = /^Message-ID:\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^>\s]+>/im;

/** Looks at the head of the letter only: its body is anybody's text. */
function idOf(letter: string | null): string | null {
  const [head = ''] = (letter ?? '').split(/\r?\n\r?\n/);
  return ID.exec(head)?.[1]?.toLowerCase() ?? null;
}

const addressOf = (value: string | null): string | null =>
  /^(?:rfc822|utf-8)\s*;\s*<?([^\s<>;]+@[^\s<>;]+)>?$/i.exec(value ?? '')?.[1] ?? null;
