/** Where to go afterwards: only an address of ours, or a link could lead away from here. */
export const backOf = (given: string | null): string =>
  given !== null && /^\/(?![/\\])/.test(given) ? given : '/';
