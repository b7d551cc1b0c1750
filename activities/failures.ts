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
