import { DefaultFailureConverter } from '@temporalio/common';

/** Puts the text and the stack of an error where the codec reaches them. Loaded by Temporal by its path, in the workflow's sandbox too. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
