import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config';

/** Half of SHA-256: nobody guesses 128 bits. */
const MAC_BYTES = 16;

/**
 * The address by which the addressee of a letter ends such letters, without signing in. It names the letter and nobody, and is signed, so that no
 * other can be made up. Null where it cannot be made: PUBLIC_BASE_URL or UNSUBSCRIBE_SECRET is missing. Source: RFC 8058.
 */
export function unsubscribeAddress(
  { PUBLIC_BASE_URL, UNSUBSCRIBE_SECRET }: Config,
  messageId: string,
): string | null {
  if (PUBLIC_BASE_URL === undefined || UNSUBSCRIBE_SECRET === undefined) return null;
  const token = `${bytesOf(messageId).toString('base64url')}${mac(UNSUBSCRIBE_SECRET, messageId).toString('base64url')}`;
  return `${PUBLIC_BASE_URL}/api/v1/unsubscribe/${token}`;
}

/** The letter that a token is of; null when we did not sign it. */
export function letterOfToken({ UNSUBSCRIBE_SECRET }: Config, token: string): string | null {
  const [, id = '', given = ''] = TOKEN.exec(token) ?? [];
  if (UNSUBSCRIBE_SECRET === undefined || given === '') return null;
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const messageId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const expected = mac(UNSUBSCRIBE_SECRET, messageId);
  const signed = Buffer.from(given, 'base64url');
  return signed.length === MAC_BYTES && timingSafeEqual(signed, expected) ? messageId : null;
}

/** 16 bytes each, written in 22 characters. */
const TOKEN = /^([\w-]{22})([\w-]{22})$/;

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

const mac = (secret: string, messageId: string): Buffer =>
  createHmac('sha256', secret).update(`unsubscribe ${messageId}`).digest().subarray(0, MAC_BYTES);
