export type Version = readonly [major: number, minor: number, patch: number];

/** The first `1.2.3` in what a program prints of itself; null when there is none. */
export function parseVersion(text: string): Version | null {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : null;
}

export function isAtLeast(version: Version | null, least: Version): boolean {
  if (version === null) return false;
  const differing = version.findIndex((part, index) => part !== least[index]);
  return differing === -1 || (version[differing] ?? 0) > (least[differing] ?? 0);
}
