/** One run per customer and month. */
export const cycleId = (customerNo: string, period: string): string =>
  `cycle/${customerNo}/${period}`;
export const campaignId = (station: string, period: string): string =>
  `campaign/${station}/${period}`;
export const deviceId = (customerNo: string): string => `device/${customerNo}`;
/** One per station; the server appends the instant to the id of each run. */
export const scheduleId = (station: string): string => `campaign/${station}`;
