export type Arm = 'champion' | 'challenger';

const PERCENT = 100;

/**
 * On which side of an experiment a customer is: by the number and the experiment's id alone, so the same always, and in another experiment
 * perhaps on the other side. `sharePercent` of all customers are on the challenger's. Pure.
 */
export const armOf = (experimentId: string, customerNo: string, sharePercent: number): Arm =>
  hashOf(`${experimentId}/${customerNo}`) % PERCENT < sharePercent ? 'challenger' : 'champion';

/** FNV-1a over the UTF-16 code units, then the finalizer of MurmurHash3, without which the last characters hardly count. Unsigned 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
