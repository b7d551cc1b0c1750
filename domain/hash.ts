/** FNV-1a over the UTF-16 code units, then the finalizer of MurmurHash3, without which the last characters hardly count. Unsigned 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const ALL_HASHES = 2 ** 32;

/** A number from 0 up to 1 that is the same for the same text, and spread evenly over texts: a draw without chance. */
export const shareOf = (text: string): number => hashOf(text) / ALL_HASHES;
