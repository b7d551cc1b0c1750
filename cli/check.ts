/** One thing that was looked at. `remedy` is null when nothing is wrong. */
export type Check = Readonly<{ name: string; ok: boolean; detail: string; remedy: string | null }>;
