import { pathToFileURL } from 'node:url';

/** For `node --import`: a child process reads TypeScript as its parent does. */
export const TSX = pathToFileURL(require.resolve('tsx')).href;
