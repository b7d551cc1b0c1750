export type InboundWord = 'stop' | 'start' | 'other';

/**
 * The whole text must be the word: who writes "stop calling, I have paid" wants an answer, not to be cut off. Source: Twilio's default
 * keywords, and what the Chinese operators ask for (TD, T, 退订).
 */
const STOP = new Set([
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE'],
  ...['TD', 'T', '退订', '拒收'],
]);
const START = new Set(['START', 'UNSTOP', 'YES', '恢复', '恢复短信']);

/** What a text that came in asks for: no more texts to this number, texts again, or neither. */
export function inboundWord(text: string): InboundWord {
  const word = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{P}]+/gu, '');
  if (STOP.has(word)) return 'stop';
  return START.has(word) ? 'start' : 'other';
}
