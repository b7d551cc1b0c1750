export type Mailbox = Readonly<{ name: string; address: string }>;

/**
 * One mailbox and nothing else: no line break (it would start a header), no comma, semicolon or angle bracket (each would add or
 * hide a recipient), at most 254 characters (RFC 5321 4.5.3.1.3). Non-ASCII is allowed: the server decides.
 */
const ONE_ADDRESS =
  /^[^\s@,;:<>()[\]\\"\p{Cc}]{1,64}@[^\s@,;:<>()[\]\\"\p{Cc}]+\.[^\s@,;:<>()[\]\\"\p{Cc}.]+$/u;

/** Whether `text` may be handed to the mail library as one address. Anything else may reach a stranger (stack.md 7.3). */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && ONE_ADDRESS.test(text);

/**
 * Reads `塔北供电所 <fees@example.org>` or a bare address.
 * @throws {RangeError} when it is not exactly one mailbox.
 */
export function toMailbox(text: string): Mailbox {
  const [, name = '', address = text.trim()] =
    /^\s*([^<>\r\n]*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  if (!isMailAddress(address)) throw new RangeError(`not a mailbox: ${text}`);
  return { name: name.replace(/^"(.*)"$/, '$1'), address };
}
