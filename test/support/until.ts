/** Waits until something is so, asking again and again; `what` is for the error when it never is. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { limitMs = 60_000, everyMs = 20 }: { limitMs?: number; everyMs?: number } = {},
): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > limit) throw new Error(`${what}: not in ${limitMs / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
