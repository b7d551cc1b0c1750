import gradeV1 from './policies/tabei-grade-v1.json';
import gradeV2 from './policies/tabei-grade-v2.json';
import ladderV1 from './policies/tabei-v1.json';

/** A version as Tarim ships it. Its body is checked where it is drafted. */
export type Shipped = Readonly<{
  id: string;
  kind: string;
  author: string;
  effectiveFrom: string;
  body: object;
}>;

/** In force in a new database. */
export const inForceAtFirst: readonly Shipped[] = [ladderV1, gradeV1];

/** All of them. One that is not in force at first is in force nowhere until it is drafted and two people activate it. */
export const shippedPolicies: readonly Shipped[] = [...inForceAtFirst, gradeV2];
