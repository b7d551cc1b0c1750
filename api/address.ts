import { isIPv6 } from 'node:net';

const GROUPS = 8;

/**
 * The part of an address that one party holds: an IPv4 address whole, of an IPv6 address the first 64 bits, because whoever has one has all
 * 2^64 behind it. Source: docs/security.md, "Locks".
 */
export function partyOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain.slice(0, 64);
  const [left, right] = plain.split('::').map((half) => half.split(':').filter(Boolean));
  const [head, tail] = [left ?? [], right ?? []];
  const zeros = Array.from({ length: Math.max(0, GROUPS - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, GROUPS / 2);
  return `${groups.map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`;
}
