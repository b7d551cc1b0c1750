/** Where each list was left, with its filters: whoever looked at one row goes back to the same list. For as long as the page lives. */
const left = new Map<string, string>();

export const keepList = (path: string, search: string): void => void left.set(path, search);

/** The list's address as it was left, else without filters. */
export const listAddress = (path: string): string => `${path}${left.get(path) ?? ''}`;
