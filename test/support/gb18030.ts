/** A text in GB18030, which Node reads and does not write. What takes four bytes there and is not of the upper planes becomes a question mark. */
export function gb18030(text: string): Buffer {
  const parts = Array.from(text, (character): readonly number[] => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    if (code > 0xffff) return fourBytes(code);
    return pairs().get(character) ?? [0x3f];
  });
  return Buffer.from(parts.flat());
}

/** The characters that GB18030 writes with two bytes. */
export const pairedCharacters = (): string[] => [...pairs().keys()];

let known: ReadonlyMap<string, readonly number[]> | null = null;
function pairs(): ReadonlyMap<string, readonly number[]> {
  known ??= new Map(
    range(0x81, 0xfe).flatMap((lead) =>
      [...range(0x40, 0x7e), ...range(0x80, 0xfe)].map((trail) => {
        const character = new TextDecoder('gb18030').decode(Uint8Array.of(lead, trail));
        return [character, [lead, trail]] as const;
      }),
    ),
  );
  return known;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** Source: GB 18030-2005, the upper planes in a row from 0x90308130 on. */
function fourBytes(code: number): number[] {
  const at = code - 0x10000;
  return [
    0x90 + Math.floor(at / 12_600),
    0x30 + (Math.floor(at / 1_260) % 10),
    0x81 + (Math.floor(at / 10) % 126),
    0x30 + (at % 10),
  ];
}
