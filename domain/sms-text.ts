/** How a text travels: `units` are septets in GSM-7 (an extended character takes two), else UTF-16 units. */
export type SmsParts = Readonly<{ encoding: 'GSM-7' | 'UCS-2'; units: number; parts: number }>;

/**
 * The number of messages a text is sent (and paid) as; an empty text is none. A pair of units that
 * makes one character is not divided between two parts.
 * Source: 70 and 67, Aliyun's rules for SMS length; 160 and 153, 3GPP TS 23.038 and 23.040.
 */
export function smsParts(text: string): SmsParts {
  const characters = Array.from(text);
  const gsm = characters.every((each) => BASIC.has(each) || EXTENDED.has(each));
  const { single, part } = gsm ? { single: 160, part: 153 } : { single: 70, part: 67 };
  const widths = characters.map((each) => (gsm ? (EXTENDED.has(each) ? 2 : 1) : each.length));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const parts = units <= single ? Math.min(1, units) : partsOf(widths, part);
  return { encoding: gsm ? 'GSM-7' : 'UCS-2', units, parts };
}

function partsOf(widths: readonly number[], capacity: number): number {
  let parts = 1;
  let filled = 0;
  for (const width of widths) {
    if (filled + width > capacity) {
      parts += 1;
      filled = 0;
    }
    filled += width;
  }
  return parts;
}

/** The default alphabet and its extension. Source: 3GPP TS 23.038, 6.2.1 and 6.2.1.1. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('\f^{}\\[~]|€');
