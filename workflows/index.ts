export { collectMonth } from './collect-month';
export { proposeDevice } from './propose-device';
export { runCampaign } from './run-campaign';
