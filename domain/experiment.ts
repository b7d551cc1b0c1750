import { hashOf } from './hash';

export type Arm = 'champion' | 'challenger';

const PERCENT = 100;

/**
 * On which side of an experiment a customer is: by the number and the experiment's id alone, so the same always, and in another experiment
 * perhaps on the other side. `sharePercent` of all customers are on the challenger's. Pure.
 */
export const armOf = (experimentId: string, customerNo: string, sharePercent: number): Arm =>
  hashOf(`${experimentId}/${customerNo}`) % PERCENT < sharePercent ? 'challenger' : 'champion';
