import { ApplicationFailure } from '@temporalio/common';

/** Retrying cannot help. Ends the activity, and with it the workflow: somebody must look. */
export type Permanent = 'UnknownCustomer' | 'UnknownCycle' | 'UnknownDeviceCase';

export const permanent = (
  type: Permanent,
  details: Readonly<Record<string, string>>,
): ApplicationFailure =>
  ApplicationFailure.create({
    type,
    message: `${type} ${JSON.stringify(details)}`,
    nonRetryable: true,
    details: [details],
  });

/** The run saw done what the database does not know. It waits, tried again, until the two are brought together: `tarim doctor --repair`. */
export const forgotten = (customerNo: string, period: string): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'FactsForgotten',
    message: `The database does not know what was done for ${customerNo}/${period}. Was an earlier day restored? Run: npx tarim doctor --repair`,
  });
